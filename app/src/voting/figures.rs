//! Counts as shares and as a picture.

use contract::voting::{BuildingTurnout, Turnout};
use leptos::prelude::*;

use crate::ui::buildings::{Building, Buildings};
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

/// How far each building is, by heads and, where heads have an area, by area: both must reach two thirds.
#[component]
pub fn TurnoutPicture(
    /// Who has taken part.
    turnout: Turnout,
    /// What stands below the picture by heads, and below the one by area.
    captions: [String; 2],
) -> impl IntoView {
    let [heads, area] = captions;
    let houses = |how_far: fn(&BuildingTurnout) -> u32| {
        let buildings = turnout.buildings.iter();
        buildings.map(|b| Building { name: b.name.clone(), permille: how_far(b) }).collect::<Vec<_>>()
    };
    let by_area = (turnout.area_dm2 > 0).then(|| houses(|b| share(b.voted_area_dm2, b.area_dm2)));
    view! {
        <Buildings buildings=houses(|b| share(b.voted, b.heads)) needed=NEEDED caption=heads />
        {by_area.map(|houses| view! { <Buildings buildings=houses needed=NEEDED caption=area /> })}
    }
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
