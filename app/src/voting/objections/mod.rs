//! Objections: the resident's page, and the table of who decides them.

mod api;
mod console;
mod own;

pub use api::forms;
pub use console::ObjectionTable;
pub use own::ObjectionsPage;

use contract::voting::ObjectionState;
use leptos::prelude::*;

use crate::ui::*;

/// An objection's state as a coloured word.
#[component]
fn StateTag(state: ObjectionState) -> impl IntoView {
    let key = format!("voting.objection.state.{}", state.code());
    let tone = match state {
        ObjectionState::Open => State::Wait,
        ObjectionState::Granted => State::Done,
        ObjectionState::Refused => State::Info,
        ObjectionState::Withdrawn => State::Plain,
    };
    view! { <Tag state=tone>{tr!(ui(), &key)}</Tag> }
}
