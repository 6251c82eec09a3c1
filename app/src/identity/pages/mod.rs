//! The steps of signing in.

mod code;
mod demo;
mod phone;
mod second_factor;

use leptos::prelude::*;
use serde::Deserialize;

pub use code::Code;
pub use phone::Phone;
pub use second_factor::SecondFactor;

use crate::ui::form::value;
use crate::ui::page::query;

/// What the address of each step carries.
#[derive(Debug, Default, Deserialize)]
struct Query {
    #[serde(default)]
    next: String,
}

/// The page to go on with: as the form had it, or as the address says.
fn next() -> String {
    let next = value("next").unwrap_or_else(|| query::<Query>().next);
    contract::identity::local_path(&next).to_owned()
}

/// Carries [`next`] on to the following step.
#[component]
fn Next() -> impl IntoView {
    view! { <input type="hidden" name="next" value=next() /> }
}
