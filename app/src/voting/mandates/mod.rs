//! Mandates: what one gave and holds, the agent's ballot, and the workers' table and desk.

mod api;
mod ballot;
mod console;
mod own;

pub use api::forms;
pub use ballot::{MandateBallot, MandateReview};
pub use console::{MandateDesk, MandateTable};
pub use own::MandatesPage;

use contract::voting::MandateState;
use leptos::prelude::*;

use crate::ui::*;

/// A mandate's state as a coloured word.
#[component]
fn StateTag(state: MandateState) -> impl IntoView {
    let key = format!("voting.mandate.state.{}", state.code());
    let tone = match state {
        MandateState::Active => State::Info,
        MandateState::Used => State::Done,
        MandateState::Revoked | MandateState::Ended => State::Plain,
    };
    view! { <Tag state=tone>{tr!(ui(), &key)}</Tag> }
}
