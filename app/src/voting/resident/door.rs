//! Why there is no ballot for this reader, and what to do instead.

use contract::voting::{BallotPaper, Item, ItemKind, Phase, RollEntry, Standing, VoteKind};
use leptos::prelude::*;

use crate::ui::time;
use crate::ui::*;
use crate::voting::parts::{Face, PhaseTag, Statement, page_of, span, when};

/// What stands between the reader and a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    AlreadyVoted,
    PaperReceived,
    Published,
    Closed,
    OtherBuilding,
    NotOnRoll,
    NotBound,
    NotNamed,
    NotTheVoter,
    NotOpen,
}

impl Reason {
    /// One's own ballots first, then the poll, then one's standing, then who votes, then the date.
    fn of(paper: &BallotPaper) -> Self {
        let all = |which: fn(&RollEntry) -> bool| match &paper.standing {
            Standing::OnRoll(entries) => entries.iter().all(which),
            _ => false,
        };
        match (&paper.standing, paper.vote.phase) {
            (_, Phase::Published) => Self::Published,
            (Standing::OnRoll(_), _) if all(|entry| entry.voted_at.is_some()) => Self::AlreadyVoted,
            (_, Phase::Closed | Phase::Counted) => Self::Closed,
            (Standing::OtherBuilding, _) => Self::OtherBuilding,
            (Standing::NotOnRoll, _) => Self::NotOnRoll,
            (Standing::NotBound, _) => Self::NotBound,
            (Standing::OnRoll(_), Phase::Open) if all(|entry| !entry.waits()) => Self::PaperReceived,
            (Standing::OnRoll(_), Phase::Draft | Phase::Announced) => Self::NotOpen,
            (Standing::OnRoll(_), Phase::Open) if all(|entry| !entry.waits() || entry.named) => Self::NotTheVoter,
            (Standing::OnRoll(_), Phase::Open) => Self::NotNamed,
        }
    }

    /// Icon and key of the texts.
    fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::AlreadyVoted => ("circle-check", "already_voted"),
            Self::PaperReceived => ("circle-check", "paper_received"),
            Self::Published => ("circle-check", "published"),
            Self::Closed => ("lock", "closed"),
            Self::OtherBuilding => ("house", "other_building"),
            Self::NotOnRoll => ("users", "not_on_roll"),
            Self::NotBound => ("user-round", "not_bound"),
            Self::NotNamed => ("users", "not_named"),
            Self::NotTheVoter => ("users", "not_the_voter"),
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
    let BallotPaper { vote, items, standing, .. } = paper;
    let left = vote.opens_at - core().clock.now();
    let shared =
        matches!(&standing, Standing::OnRoll(entries) if entries.iter().any(|one| one.members > 1 && one.waits()));
    let voted_at = match standing {
        Standing::OnRoll(entries) => {
            let last = entries.iter().filter_map(|entry| entry.voted_at.or(entry.paper_at)).max();
            last.map(|at| time::moment(ui, at)).unwrap_or_default()
        }
        _ => String::new(),
    };
    let text = tr!(ui, &text, area = vote.area_name.clone(), at = voted_at, left = span(ui, left));
    let action = match reason {
        Reason::AlreadyVoted | Reason::Closed => Some((page_of(&vote, "receipt"), "voting.check_mine")),
        Reason::Published => Some((page_of(&vote, "result"), "voting.see_result")),
        Reason::PaperReceived | Reason::OtherBuilding | Reason::NotOnRoll | Reason::NotBound => {
            Some(("/voting".to_owned(), "voting.to_list"))
        }
        Reason::NotNamed => Some((page_of(&vote, "voter"), "voting.to_naming")),
        Reason::NotOpen | Reason::NotTheVoter if shared => Some((page_of(&vote, "voter"), "voting.to_naming")),
        Reason::NotTheVoter | Reason::NotOpen => None,
    };
    let listed = reason != Reason::OtherBuilding;
    let owners = listed && vote.kind != VoteKind::Poll;
    let roll = matches!(vote.phase, Phase::Announced | Phase::Open) && reason != Reason::NotBound;
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
        {roll.then(|| view! {
            <List>
                <ListLink href=page_of(&vote, "roll") title=tr!(ui, "voting.register.link") detail=tr!(ui, "voting.register.link_text") icon="users" />
                {listed.then(|| view! { <ListLink href=page_of(&vote, "objections") title=tr!(ui, "voting.objection.open") icon="info" /> })}
                {owners.then(|| view! { <ListLink href=page_of(&vote, "mandates") title=tr!(ui, "voting.mandate.open") icon="user-round" /> })}
            </List>
        })}
        {(reason == Reason::NotOpen).then(|| view! { <WhatIsAsked items=items /> })}
    }
}

/// The paper, to read before the poll opens.
#[component]
fn WhatIsAsked(items: Vec<Item>) -> impl IntoView {
    let sections = items.into_iter().map(|item| view! { <Asked item=item /> });
    view! { {sections.collect_view()} }
}

#[component]
fn Asked(item: Item) -> impl IntoView {
    let id = format!("item-{}", item.number);
    let decided = item.kind == ItemKind::Decide;
    let rows = item.options.into_iter().filter(|_| !decided).map(|candidate| {
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
    let rows = rows.collect_view();
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{item.title}</h2>
            {(!item.text.is_empty()).then(|| view! { <p class="proposal">{item.text}</p> })}
            {(!item.clause.is_empty()).then(|| view! { <p class="muted small">{item.clause}</p> })}
            {(!decided).then(|| view! { <ul class="paper">{rows}</ul> })}
        </section>
    }
}
