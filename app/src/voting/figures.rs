//! Counts as shares and as a chart.

use contract::voting::Turnout;

use crate::ui::buildings::Building;
pub use crate::ui::progress::share;

/// Two thirds of heads and of area must take part (民法典 art. 278), in tenths of a percent, rounded
/// up: only where the mark stands in a picture. Whether it is reached, the count says exactly.
pub const NEEDED: u32 = 667;

/// `61.5%` of 615, `61%` of 610.
pub fn percent(permille: u32) -> String {
    match permille % 10 {
        0 => format!("{}%", permille / 10),
        tenths => format!("{}.{tenths}%", permille / 10),
    }
}

/// The turnout by heads of each building.
pub fn chart(turnout: &Turnout) -> Vec<Building> {
    let buildings = turnout.buildings.iter();
    buildings.map(|b| Building { name: b.name.clone(), permille: share(b.voted, b.heads) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_down_and_nothing_of_nothing_is_none() {
        assert_eq!((share(2, 3), share(9996, 10_000), share(0, 0)), (666, 999, 0));
        assert_eq!((percent(666), percent(610), percent(1000)), ("66.6%".into(), "61%".into(), "100%".into()));
    }
}
