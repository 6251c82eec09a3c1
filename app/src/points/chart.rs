//! What came and went in the last months: two bars a month, the figure above what came. Colours come from
//! the style sheet; nothing depends on colour alone, for the label reads all figures.

use contract::points::{Month, Points};
use leptos::prelude::*;

use crate::ui::time;
use crate::ui::*;

/// Width of one month, in the picture's units.
const STEP: i64 = 60;
/// Width of one bar.
const BAR: i64 = 20;
/// Height of the tallest bar.
const HEIGHT: i64 = 72;
/// The ground, from the picture's top; above the tallest bar there is room for its figure.
const GROUND: i64 = 92;
/// The picture's height: below the ground stand the months' names.
const FULL: i64 = 112;

/// The chart.
#[component]
pub fn Chart(
    /// Oldest first.
    months: Vec<Month>,
) -> impl IntoView {
    let ui = ui();
    let most = months.iter().flat_map(|month| [month.earned, month.spent]).max().unwrap_or_default();
    let said: Vec<String> = months.iter().map(|month| said(ui, month)).collect();
    let width = STEP * i64::try_from(months.len()).unwrap_or(1);
    let bars = months.iter().zip(0..).map(|(month, i)| pair(ui, month, most, STEP * i)).collect_view();
    view! {
        <figure class="months">
            <svg viewBox=format!("0 0 {width} {FULL}") role="img" aria-label=said.join("；")>
                {bars} <path class="ground" d=format!("M0 {GROUND}H{width}")></path>
            </svg>
            <figcaption>
                <span>{tr!(ui, "points.months")}</span>
                <span class="key came">{tr!(ui, "points.earned")}</span>
                <span class="key went">{tr!(ui, "points.spent")}</span>
            </figcaption>
        </figure>
    }
}

/// One month: what came at the left, what went at the right.
fn pair(ui: Ui, month: &Month, most: Points, x: i64) -> impl IntoView + use<> {
    let (came, went) = (height(month.earned, most), height(month.spent, most));
    let figure = (month.earned > Points::ZERO).then(|| {
        view! { <text class="figure" x=x + STEP / 2 y=GROUND - came.max(went) - 6>{month.earned.to_string()}</text> }
    });
    view! {
        <rect class="came" x=x + STEP / 2 - BAR y=GROUND - came width=BAR height=came></rect>
        <rect class="went" x=x + STEP / 2 y=GROUND - went width=BAR height=went></rect>
        {figure}
        <text x=x + STEP / 2 y=GROUND + 16>{time::month(ui, month.starts_at)}</text>
    }
}

/// A bar's height, the largest amount being the tallest; what is not nothing is seen.
fn height(amount: Points, most: Points) -> i64 {
    if amount <= Points::ZERO || most <= Points::ZERO {
        return 0;
    }
    (amount.hundredths().saturating_mul(HEIGHT) / most.hundredths()).max(2)
}

fn said(ui: Ui, month: &Month) -> String {
    tr!(ui, "points.month_said", month = time::month(ui, month.starts_at), earned = month.earned, spent = month.spent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_amount_is_the_tallest_and_the_least_is_seen() {
        let of = |n| Points::of_hundredths(n);
        assert_eq!(height(of(500), of(500)), HEIGHT);
        assert_eq!(height(of(250), of(500)), HEIGHT / 2);
        assert_eq!((height(of(1), of(1_000_000)), height(of(0), of(500)), height(of(0), of(0))), (2, 0, 0));
    }
}
