//! Announcing: candidates are fixed and the roll is frozen from the registry.

use super::store::roll::{self, Head};
use super::store::{self, Vote};
use super::{ROOM, tell, topic};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use crate::people;
use contract::ids::VoteId;
use contract::{AreaId, Error, Issue, Refusal};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Announces a draft: whoever owns in its area now is on the roll with one head, and nothing of the
/// vote changes any more. One transaction, also for 20,000 owners.
///
/// # Errors
/// `NotFound`, `Forbidden`; [`Refusal::WrongState`] when it is no draft; [`Refusal::TooFewCandidates`];
/// [`Refusal::EmptyRoll`]; `Invalid` (`closes_at`: `NotFuture`).
pub async fn announce(caller: &Caller, core: &Core, vote: &VoteId) -> Result<()> {
    core.db
        .write((caller.clone(), vote.clone()), |tx, (caller, id)| {
            Box::pin(async move {
                let vote = announceable(tx, caller, id).await?;
                let owners = people::owners_under(tx.conn(), &vote.area).await?;
                let heads: Vec<Head> = owners
                    .into_iter()
                    .map(|owner| Head { person: owner.person, building: owner.building, area_dm2: owner.area_dm2 })
                    .collect();
                freeze(tx, caller, &vote, &heads).await
            })
        })
        .await
}

/// The draft, if it can be announced now.
pub(super) async fn announceable(tx: &mut Tx, caller: &Caller, id: &VoteId) -> Result<Vote> {
    let vote = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    caller.allow(Verb::VotingOrganise, &vote.area)?;
    if vote.state != "draft" {
        return Err(Refusal::WrongState.into());
    }
    if vote.candidates < vote.seats {
        return Err(Refusal::TooFewCandidates.into());
    }
    if vote.closes_at <= tx.now() {
        return Err(crate::Error::field("closes_at", Issue::NotFuture));
    }
    Ok(vote)
}

/// Writes the roll, announces the vote and queues its messages.
pub(super) async fn freeze(tx: &mut Tx, caller: &Caller, vote: &Vote, heads: &[Head]) -> Result<()> {
    if heads.is_empty() {
        return Err(Refusal::EmptyRoll.into());
    }
    let area_dm2: i64 = heads.iter().map(|head| head.area_dm2).sum();
    let count = i64::try_from(heads.len()).map_err(crate::Error::internal)?;
    let hash = roll_sha256(heads);
    if !store::set_announced(tx.conn(), &vote.id, (count, area_dm2), &hash).await? {
        return Err(Refusal::WrongState.into());
    }
    let buildings = named_buildings(tx, heads).await?;
    roll::insert_buildings(tx.conn(), &vote.id, &buildings).await?;
    roll::insert(tx.conn(), &vote.id, heads).await?;
    let payload = json!({ "heads": count, "area_dm2": area_dm2, "roll_sha256": hash });
    let event = Event { room: ROOM, verb: "announce", area: &vote.area, subject: vote.id.as_str(), payload };
    events::record(tx, caller, event).await?;
    tell::queue_announced(tx, vote).await?;
    tx.change(topic(&vote.id));
    Ok(())
}

/// The roll's buildings with their names; a building that the registry does not name goes by its id.
async fn named_buildings(tx: &mut Tx, heads: &[Head]) -> Result<Vec<(AreaId, String)>> {
    let ids: BTreeSet<&AreaId> = heads.iter().map(|head| &head.building).collect();
    let mut named = Vec::with_capacity(ids.len());
    for id in ids {
        let known = people::area(tx.conn(), id).await?;
        named.push((id.clone(), known.map_or_else(|| id.to_string(), |area| area.name)));
    }
    Ok(named)
}

/// SHA-256 over the roll in the order of persons, one line a head: `person building area_dm2`.
fn roll_sha256(heads: &[Head]) -> String {
    let mut lines: Vec<String> =
        heads.iter().map(|head| format!("{} {} {}\n", head.person, head.building, head.area_dm2)).collect();
    lines.sort_unstable();
    hex::encode(Sha256::digest(lines.concat()))
}
