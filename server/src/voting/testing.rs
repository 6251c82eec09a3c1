//! Elections for tests, load and measurements: announced over a made-up roll, without a registry.

use super::announce::{announceable, freeze};
use super::store::{self, roll::Head};
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Grant};
use contract::ids::{AccountId, PersonId, VoteId};
use contract::voting::{CandidateDraft, CastBallot, DraftVote};
use contract::{AreaId, Millis, Role};

/// Heads listed under one building.
const HEADS_A_BUILDING: usize = 100;

/// What to set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Owners on the roll.
    pub heads: usize,
    /// Candidates on the paper.
    pub candidates: usize,
    /// Seats.
    pub seats: u32,
    /// When the poll opens.
    pub opens_at: Millis,
    /// When it closes.
    pub closes_at: Millis,
}

/// The compound that the made-up votes are for.
pub fn compound() -> AreaId {
    AreaId::city().child("03").child("001").child("004").child("g01").child("c01")
}

/// An administrator of the city with the second factor.
pub fn organiser() -> Caller {
    Caller {
        account: Some(AccountId::trusted("organiser")),
        grants: vec![Grant { role: Role::Administrator, area: AreaId::city() }],
        second_factor: true,
        ..Caller::default()
    }
}

/// The person of the n-th head.
pub fn person(n: usize) -> PersonId {
    PersonId::trusted(format!("00000000-0000-7000-8000-{n:012x}"))
}

/// The signed-in owner who is the n-th head.
pub fn voter(n: usize) -> Caller {
    Caller { account: Some(AccountId::trusted(format!("account-{n}"))), person: Some(person(n)), ..Caller::default() }
}

/// The ballot that the n-th head casts: key and choices follow from `n`, so that another process
/// knows them.
pub fn ballot(vote: &VoteId, n: usize, choices: &[u32]) -> CastBallot {
    CastBallot { vote: vote.clone(), choices: choices.to_vec(), key: format!("{n:032x}") }
}

/// Drafts and announces an election; `n`-th head owns 10,000 + n units of 0.01 m².
///
/// # Errors
/// As the verbs `draft` and `announce`.
pub async fn election(core: &Core, setup: Setup) -> Result<VoteId> {
    core.db
        .write(setup, |tx, setup| {
            Box::pin(async move {
                let candidate =
                    |n| CandidateDraft { name: format!("候选人{n}"), statement: String::new(), photo: None };
                let draft = DraftVote {
                    title: "选举业主代表".to_owned(),
                    area: compound(),
                    seats: setup.seats,
                    opens_at: setup.opens_at,
                    closes_at: setup.closes_at,
                    candidates: (1..=setup.candidates).map(candidate).collect(),
                };
                let id: VoteId = tx.id();
                let short = i64::from(u32::from_be_bytes(tx.random::<4>()));
                store::insert_draft(tx.conn(), (&id, id.as_str(), short), &draft, "龙北小区").await?;
                store::replace_candidates(tx.conn(), &id, &draft).await?;
                let organiser = organiser();
                let vote = announceable(tx, &organiser, &id).await?;
                freeze(tx, &organiser, &vote, &heads(setup.heads)).await?;
                Ok(id)
            })
        })
        .await
}

fn heads(count: usize) -> Vec<Head> {
    (0..count)
        .map(|n| Head {
            person: person(n),
            building: compound().child(&format!("b{:03}", n / HEADS_A_BUILDING)),
            area_dm2: 10_000 + i64::try_from(n).unwrap_or_default(),
        })
        .collect()
}
