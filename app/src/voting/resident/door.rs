//! Why there is no ballot for this reader, and what to do instead.

use contract::voting::{BallotPaper, Candidate, Phase, Standing};
use leptos::prelude::*;

use crate::ui::time;
use crate::ui::*;
use crate::voting::parts::{Face, PhaseTag, Statement, page_of, span, when};

/// What stands between the reader and a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    AlreadyVoted,
    Published,
    Closed,
    OtherBuilding,
    NotOnRoll,
    NotBound,
    NotOpen,
}

impl Reason {
    /// One's own ballot first, then the poll, then one's standing, then the date.
    fn of(paper: &BallotPaper) -> Self {
        match (&paper.standing, paper.vote.phase) {
            (_, Phase::Published) => Self::Published,
            (Standing::OnRoll(entry), _) if entry.voted_at.is_some() => Self::AlreadyVoted,
            (_, Phase::Closed | Phase::Counted) => Self::Closed,
            (Standing::OtherBuilding, _) => Self::OtherBuilding,
            (Standing::NotOnRoll, _) => Self::NotOnRoll,
            (Standing::NotBound, _) => Self::NotBound,
            (Standing::OnRoll(_), Phase::Draft | Phase::Announced | Phase::Open) => Self::NotOpen,
        }
    }

    /// Icon and key of the texts.
    fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::AlreadyVoted => ("circle-check", "already_voted"),
            Self::Published => ("circle-check", "published"),
            Self::Closed => ("lock", "closed"),
            Self::OtherBuilding => ("house", "other_building"),
            Self::NotOnRoll => ("users", "not_on_roll"),
            Self::NotBound => ("user-round", "not_bound"),
            Self::NotOpen => ("calendar", "not_open"),
        }
    }
}

/// The page in place of a ballot.
#[component]
pub fn Door(
    /// The paper that cannot be filled in.
    paper: BallotPaper,
) -> impl IntoView {
    let ui = ui();
    let reason = Reason::of(&paper);
    let (icon, code) = reason.parts();
    let (title, text) = (format!("voting.door.{code}.title"), format!("voting.door.{code}.text"));
    let BallotPaper { vote, candidates, standing, .. } = paper;
    let left = vote.opens_at - core().clock.now();
    let voted_at = match standing {
        Standing::OnRoll(entry) => entry.voted_at.map(|at| time::moment(ui, at)).unwrap_or_default(),
        _ => String::new(),
    };
    let text = tr!(ui, &text, area = vote.area_name.clone(), at = voted_at, left = span(ui, left));
    let action = match reason {
        Reason::AlreadyVoted | Reason::Closed => Some((page_of(&vote, "receipt"), "voting.check_mine")),
        Reason::Published => Some((page_of(&vote, "result"), "voting.see_result")),
        Reason::OtherBuilding | Reason::NotOnRoll | Reason::NotBound => Some(("/voting".to_owned(), "voting.to_list")),
        Reason::NotOpen => None,
    };
    view! {
        <div class="ballot-head">
            <p><PhaseTag phase=vote.phase /></p>
            <h1>{vote.title.clone()}</h1>
            <p class="muted small">{when(ui, &vote)}</p>
        </div>
        <section class="card door">
            <Icon name=icon />
            <div>
                <h2>{tr!(ui, &title)}</h2>
                <p>{text}</p>
            </div>
            {action.map(|(href, key)| view! { <ButtonLink href=href look=Look::Main>{tr!(ui, key)}</ButtonLink> })}
        </section>
        {(reason == Reason::NotOpen).then(|| view! { <WhoStands candidates=candidates /> })}
    }
}

/// The candidates, to read about before the poll opens.
#[component]
fn WhoStands(candidates: Vec<Candidate>) -> impl IntoView {
    let rows = candidates.into_iter().map(|candidate| {
        view! {
            <li class="candidate card">
                <div class="choice">
                    <Face candidate=candidate.clone() />
                    <b>{candidate.name.clone()}</b>
                </div>
                <Statement candidate=candidate />
            </li>
        }
    });
    view! {
        <section aria-labelledby="who">
            <h2 id="who">{tr!(ui(), "voting.candidates")}</h2>
            <ul class="paper">{rows.collect_view()}</ul>
        </section>
    }
}
