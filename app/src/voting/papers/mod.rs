//! Ballots on paper: the table with its progress, one paper found by its code or door, its entry.

mod api;
mod enter;
mod find;
mod table;

pub use api::forms;
pub use enter::EnterPaper;
pub use find::FindPaper;
pub use table::PaperTable;

use contract::voting::PaperState;
use leptos::prelude::*;

use crate::ui::*;

/// The columns of table and workbook.
const HEADS: [&str; 7] = ["number", "place", "names", "area", "state", "delivered", "online"];

/// A paper's state as a coloured word.
#[component]
fn StateTag(state: PaperState) -> impl IntoView {
    let key = format!("voting.paper.state.{}", state.code());
    let tone = match state {
        PaperState::Issued => State::Plain,
        PaperState::Delivered => State::Info,
        PaperState::Received | PaperState::Entered => State::Wait,
        PaperState::Differs | PaperState::Clash => State::Now,
        PaperState::Counted => State::Done,
    };
    view! { <Tag state=tone>{tr!(ui(), &key)}</Tag> }
}
