//! Signed votes (记名): what a counted ballot says, for its owners and for scrutineers.

use super::count::{signed_for, visible};
use super::receipt::said;
use super::record;
use super::store::keys;
use super::store::{self, Vote, register, roll, urn};
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use contract::ids::VoteId;
use contract::voting::{Secrecy, SignedBallot};
use contract::{Page, PageRequest, Refusal};
use serde_json::json;
use sqlx::AnyConnection;

/// The ballots of a signed vote that the caller may read, once it is counted: all of them for its scrutineers,
/// whose look is logged, and their own for everybody else. By head.
///
/// # Errors
/// `SignIn`; `NotFound`; [`Refusal::WrongState`] for a private vote, or one that has no result to be seen.
pub async fn signed_ballots(
    caller: &Caller,
    core: &Core,
    vote: &VoteId,
    after: Option<String>,
) -> Result<Page<SignedBallot>> {
    caller.allow_somewhere(Verb::VotingRoll)?;
    let mut conn = core.db.read().await?;
    let found = store::find(&mut conn, vote).await?;
    let scrutineer = found.as_ref().is_some_and(|vote| caller.allow(Verb::VotingScrutinise, &vote.area).is_ok());
    let vote = visible(caller, found)?;
    if vote.secrecy() != Secrecy::Signed {
        return Err(Refusal::WrongState.into());
    }
    let limit = PageRequest::default().limit();
    let heads = match (scrutineer, &caller.person) {
        (true, _) => keys::signed_after(&mut conn, &vote.id, after.as_deref().unwrap_or_default(), limit + 1).await?,
        (false, Some(person)) => {
            let entries = roll::entries(&mut conn, &vote.id, person).await?;
            let mut heads = Vec::new();
            for entry in entries {
                heads.extend(keys::signed(&mut conn, &vote.id, &entry.head).await?);
            }
            heads
        }
        (false, None) => Vec::new(),
    };
    let page = Page::from_overfetch(heads, limit, |(head, _)| head.clone());
    let mut rows = Vec::with_capacity(page.rows.len());
    for (head, sealed) in page.rows {
        rows.push(read(core, &mut conn, &vote, head, &sealed).await?);
    }
    drop(conn);
    if scrutineer {
        log(caller, core, vote).await?;
    }
    Ok(Page { rows, next: page.next })
}

async fn read(core: &Core, conn: &mut AnyConnection, vote: &Vote, head: String, sealed: &str) -> Result<SignedBallot> {
    let id = core.keys.open(&signed_for(&vote.id, &head), sealed)?;
    let counted = urn::counted_one(conn, &vote.id, &id).await?.and_then(|ballot| ballot.choices);
    let items = store::items(conn, &vote.id).await?;
    let (place, names) = register::shown(conn, &vote.id, &head).await?.unwrap_or_default();
    let marks = counted.map(|choices| said(&items, &choices)).unwrap_or_default();
    Ok(SignedBallot { place, names, marks })
}

async fn log(caller: &Caller, core: &Core, vote: Vote) -> Result<()> {
    core.db
        .write((caller.clone(), vote), |tx, (caller, vote)| {
            Box::pin(record(tx, caller, vote, "read_signed", json!({})))
        })
        .await
}
