//! How long something is still open. The browser lets it run on: see [`super::live`].

use leptos::prelude::*;

use super::live::countdown::parts;
use super::request::ui;

/// The time left as its two largest units.
#[component]
pub fn Countdown(
    /// Milliseconds left by the server's clock.
    left: i64,
) -> impl IntoView {
    let ui = ui();
    let units = ["ui.days", "ui.hours", "ui.minutes"].map(|key| tr!(ui, key));
    let said = parts(left, [&units[0], &units[1], &units[2]])
        .map(|(number, unit)| (number, unit.to_owned()))
        .map(|(number, unit)| view! { <b>{number}</b> <small>{unit}</small> });
    view! {
        <span class="countdown" data-left=left data-units=units.join(" ")>
            {said.into_iter().collect_view()}
        </span>
    }
}
