//! Bars. They are SVG: widths are attributes, so that no inline style is needed (strict CSP).

use leptos::prelude::*;

/// How far something is.
#[component]
pub fn Progress(
    /// Done so far, in tenths of a percent (0 to 1000).
    permille: u32,
    /// What a screen reader says, the number included.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <svg class="bar" role="img" aria-label=label preserveAspectRatio="none">
            <rect class="done" width=percent(permille) height="100%"></rect>
        </svg>
    }
}

/// How far something is, and how far it must get.
#[component]
pub fn Threshold(
    /// Done so far, in tenths of a percent (0 to 1000).
    permille: u32,
    /// Needed, in tenths of a percent.
    needed: u32,
    /// What a screen reader says, both numbers included.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <svg class="bar need" role="img" aria-label=label preserveAspectRatio="none">
            <rect class="track" y="4" width="100%" height="10" rx="5"></rect>
            <rect class="done" y="4" width=percent(permille) height="10" rx="5"></rect>
            <rect class="mark" x=percent(needed) width="2" height="18"></rect>
        </svg>
    }
}

/// How much of the whole a part is, in tenths of a percent, rounded down: 99.96% is not yet all.
pub fn share(part: i64, whole: i64) -> u32 {
    if whole <= 0 {
        return 0;
    }
    let permille = i128::from(part.max(0)) * 1000 / i128::from(whole);
    u32::try_from(permille).unwrap_or(u32::MAX)
}

/// `61.5%` of 615.
fn percent(permille: u32) -> String {
    let permille = permille.min(1000);
    format!("{}.{}%", permille / 10, permille % 10)
}
