//! The room on both engines, from the draft to the export.

mod bundle;
mod doorstep;
mod keys;
mod plans;
mod race;
mod story;
mod tally;
mod tell;

use super::testing::{Setup, ballot, election, organiser, voter};
use crate::core::Core;
use crate::error::Error;
use crate::testing::START;
use contract::Refusal;
use contract::ids::VoteId;

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
    super::count(&organiser(), core, &vote).await.unwrap();
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
