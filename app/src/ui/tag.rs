//! The small coloured word that tells a state. The word says it all; the colour only helps.

use leptos::prelude::*;

/// What a state means to the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Neither good nor urgent: drafts, archives.
    #[default]
    Plain,
    /// To be done now.
    Now,
    /// Done, in order.
    Done,
    /// Waiting for a date or for somebody else.
    Wait,
    /// For information.
    Info,
}

impl State {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "tag",
            Self::Now => "tag now",
            Self::Done => "tag ok",
            Self::Wait => "tag wait",
            Self::Info => "tag info",
        }
    }
}

/// A state in a word.
#[component]
pub fn Tag(
    /// What it means.
    #[prop(optional)]
    state: State,
    /// The word.
    children: Children,
) -> impl IntoView {
    view! { <span class=state.class()>{children()}</span> }
}
