//! What several of the room's pages show.

use contract::Millis;
use contract::voting::{Candidate, Phase, VoteSummary};
use leptos::prelude::*;
use server::files::FileName;

use crate::ui::time;
use crate::ui::*;

/// The value that stands for 弃权 among a ballot's choices.
pub const BLANK: &str = "blank";

/// A vote's phase as a coloured word.
#[component]
pub fn PhaseTag(
    /// The phase.
    phase: Phase,
) -> impl IntoView {
    let key = format!("voting.phase.{}", phase.code());
    let state = match phase {
        Phase::Draft => State::Plain,
        Phase::Announced | Phase::Closed => State::Wait,
        Phase::Open => State::Now,
        Phase::Counted => State::Info,
        Phase::Published => State::Done,
    };
    view! { <Tag state=state>{tr!(ui(), &key)}</Tag> }
}

/// A candidate's photo, or the first character of the name.
#[component]
pub fn Face(
    /// Whose.
    candidate: Candidate,
) -> impl IntoView {
    let photo = candidate.photo.and_then(|name| name.parse::<FileName>().ok());
    match photo {
        Some(name) => view! { <img class="face" src=format!("/voting/photos/{}", name.thumbnail()) alt="" width="56" height="56" /> }.into_any(),
        None => {
            let initial: String = candidate.name.chars().take(1).collect();
            view! { <span class="face" aria-hidden="true">{initial}</span> }.into_any()
        }
    }
}

/// What a candidate says of themselves, folded away.
#[component]
pub fn Statement(
    /// Whose.
    candidate: Candidate,
) -> impl IntoView {
    let Candidate { name, statement, .. } = candidate;
    (!statement.is_empty()).then(|| {
        view! {
            <details class="statement">
                <summary>{tr!(ui(), "voting.statement")} <span class="sr">{name}</span></summary>
                <p>{statement}</p>
            </details>
        }
    })
}

/// The first line of a statement, for the card.
pub fn first_line(statement: &str) -> String {
    /// Characters shown: two lines of a phone.
    const SHOWN: usize = 40;
    let line = statement.lines().next().unwrap_or_default();
    let cut: String = line.chars().take(SHOWN).collect();
    if cut.len() < line.len() { cut + "…" } else { cut }
}

/// When the poll is open, in a sentence that fits the phase.
pub fn when(ui: Ui, vote: &VoteSummary) -> String {
    let (opens, closes) = (time::moment(ui, vote.opens_at), time::moment(ui, vote.closes_at));
    match vote.phase {
        Phase::Draft | Phase::Announced => tr!(ui, "voting.from_to", from = opens, to = closes),
        Phase::Open => tr!(ui, "voting.until", at = closes),
        Phase::Closed | Phase::Counted | Phase::Published => tr!(ui, "voting.closed_at", at = closes),
    }
}

/// `2 天 4 小时`.
pub fn span(ui: Ui, length: Millis) -> String {
    let parts = time::span(ui, length).into_iter().map(|(number, unit)| format!("{number} {unit}"));
    parts.collect::<Vec<_>>().join(" ")
}

/// The page of a vote, or one below it: `review`, `receipt`, `result`.
pub fn page_of(vote: &VoteSummary, below: &str) -> String {
    let slash = if below.is_empty() { "" } else { "/" };
    format!("/voting/{}{slash}{below}", vote.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_show_the_first_line_cut_where_it_is_long() {
        assert_eq!(first_line("退休教师\n三年召集人"), "退休教师");
        let long = "好".repeat(41);
        assert_eq!(first_line(&long), format!("{}…", "好".repeat(40)));
    }
}
