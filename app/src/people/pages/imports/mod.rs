//! Lists taken into the registry whole.

mod list;
mod show;

pub use list::ImportList;
pub use show::ShowImport;

use contract::people::ImportState;
use leptos::prelude::*;

use crate::ui::*;

/// The list's path.
pub const IMPORTS: &str = "/console/people/imports";

/// An import's state in a word.
#[component]
pub fn StateTag(
    /// The state.
    state: ImportState,
) -> impl IntoView {
    let means = match state {
        ImportState::Checking | ImportState::Applying => State::Wait,
        ImportState::Checked => State::Now,
        ImportState::Done => State::Done,
        ImportState::Unreadable | ImportState::Dropped => State::Plain,
    };
    let key = format!("people.import.state.{}", state.code());
    view! { <Tag state=means>{tr!(ui(), &key)}</Tag> }
}
