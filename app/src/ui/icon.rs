//! Icons of one sprite (`style/icons.txt` lists them; drawn by Lucide, ISC licence).

use leptos::prelude::*;

use super::request::asset;

/// One icon, as large as `--icon` says and in the text's colour. It says nothing to a screen
/// reader: the text beside it does.
#[component]
pub fn Icon(
    /// The name in `style/icons.txt`.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=asset(&format!("icons.svg#{name}"))></use>
        </svg>
    }
}
