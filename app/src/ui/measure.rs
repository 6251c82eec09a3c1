//! Measures as people read them.

/// `128.46` of 12846 dm² (hundredths of a square metre).
pub fn square_metres(area_dm2: i64) -> String {
    format!("{}.{:02}", area_dm2 / 100, area_dm2 % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_told_in_square_metres() {
        assert_eq!((square_metres(12_846), square_metres(5)), ("128.46".into(), "0.05".into()));
    }
}
