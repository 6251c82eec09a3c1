//! Numbers and measures as people read them.

/// `1,234,567`: thousands apart.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1,284.60` of 128,460 dm² (hundredths of a square metre), for [`Step`](crate::voting::Step)s, pages and papers alike.
pub fn square_metres(area_dm2: i64) -> String {
    format!("{}.{:02}", thousands(area_dm2 / 100), (area_dm2 % 100).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart_and_areas_have_two_decimals() {
        assert_eq!([0, 999, 1_000, 1_234_567, -12_000].map(thousands), ["0", "999", "1,000", "1,234,567", "-12,000"]);
        assert_eq!([5, 12_846, 12_846_005].map(square_metres), ["0.05", "128.46", "128,460.05"]);
    }
}
