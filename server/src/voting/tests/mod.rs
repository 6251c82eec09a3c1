//! The room on both engines, from the draft to the export.

mod bundle;
mod doorstep;
mod dump;
mod live;
mod mandates;
mod merged;
mod model;
mod objections;
mod opening;
mod paper;
mod papers;
mod plans;
mod poll;
mod race;
mod register;
mod regulations;
mod reminders;
mod roll;
mod story;
mod tally;
mod tell;
mod voters;

use super::testing::{Setup, ballot, ballot_of, count, election, organiser, scrutineer, voter};
use crate::core::Core;
use crate::error::Error;
use crate::testing::START;
use contract::Refusal;
use contract::ids::VoteId;
use contract::voting::{DraftItem, DraftVote, HeadUnit, Majority, Rules, Secrecy, VoteKind};

/// A day in milliseconds.
const DAY: i64 = 86_400_000;

/// An election that is open now and closes in a day.
async fn open_election(core: &Core, heads: usize, candidates: usize, seats: u32) -> VoteId {
    election(core, Setup { heads, candidates, seats, opens_at: START, closes_at: START + DAY }).await.unwrap()
}

/// Casts the n-th head's ballot, closes the poll, counts and publishes.
async fn finished(core: &Core, ballots: &[&[u32]], candidates: usize, seats: u32) -> VoteId {
    let vote = open_election(core, ballots.len(), candidates, seats).await;
    for (n, choices) in ballots.iter().enumerate() {
        super::cast(&voter(n), core, ballot(&vote, n, choices)).await.unwrap();
    }
    core.clock.advance(DAY);
    count(core, &vote).await.unwrap();
    super::publish(&organiser(), core, &vote).await.unwrap();
    vote
}

/// What stood against it.
fn refusal<T>(result: Result<T, Error>) -> Option<Refusal> {
    result.err().and_then(|error| why(&error))
}

/// The rule that refused.
fn why(error: &Error) -> Option<Refusal> {
    match error {
        Error::Public(contract::Error::Refused(refusal)) => Some(*refusal),
        _ => None,
    }
}

/// One number out of the database.
async fn number(core: &Core, sql: &'static str) -> i64 {
    let mut conn = core.db.read().await.unwrap();
    let (number,): (i64,) = sqlx::query_as(sql).fetch_one(&mut *conn).await.unwrap();
    number
}

/// A resolution that is open now and closes in a day, with an item for each majority.
async fn open_resolution(core: &Core, heads: usize, majorities: &[Majority], secrecy: Secrecy) -> VoteId {
    resolution_by(core, heads, majorities, (secrecy, Rules::default())).await
}

/// The same under rules of its own.
async fn resolution_by(
    core: &Core,
    heads: usize,
    majorities: &[Majority],
    (secrecy, rules): (Secrecy, Rules),
) -> VoteId {
    let items = majorities.iter().map(|majority| DraftItem::decide("使用维修资金", "", *majority, "")).collect();
    let draft = DraftVote {
        kind: VoteKind::Resolution,
        secrecy,
        unit: HeadUnit::Owners,
        title: "业主大会表决".to_owned(),
        area: super::testing::compound(),
        opens_at: core.clock.now(),
        closes_at: core.clock.now() + DAY,
        items,
    };
    super::testing::announced(core, draft, &super::testing::heads(heads), &rules).await.unwrap()
}

/// The first heads cast these ballots; then the poll closes, is counted and published.
async fn finish(core: &Core, vote: &VoteId, choices: &[Vec<Vec<u32>>]) {
    for (n, choices) in choices.iter().enumerate() {
        super::cast(&voter(n), core, ballot_of(vote, n, choices)).await.unwrap();
    }
    core.clock.advance(DAY);
    count(core, vote).await.unwrap();
    super::publish(&organiser(), core, vote).await.unwrap();
}
