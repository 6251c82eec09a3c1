//! Proof that ballots were delivered: where an area's rules count what did not come back, only ballots with such
//! a proof are counted.

use super::store::{self, roll};
use super::{ROOM, topic};
use crate::core::Core;
use crate::error::Result;
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use contract::ids::VoteId;
use contract::voting::{Delivery, Phase};
use contract::{Error, Refusal};
use serde_json::json;

/// Notes the proof for every head of a building that has neither voted nor one noted; how many these are.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` (`proof`); [`Refusal::VoteClosed`] once the poll is over.
pub async fn note_delivery(caller: &Caller, core: &Core, vote: &VoteId, delivery: Delivery) -> Result<u64> {
    caller.allow_somewhere(Verb::VotingDoorstep)?;
    delivery.check()?;
    core.db
        .write((caller.clone(), vote.clone(), delivery), |tx, (caller, id, delivery)| {
            Box::pin(async move {
                let now = tx.now();
                let vote = store::find(tx.conn(), id).await?.filter(|vote| vote.state != "draft");
                let vote = vote.ok_or(Error::NotFound)?;
                caller.allow(Verb::VotingDoorstep, &vote.area)?;
                if !matches!(vote.phase(now), Phase::Announced | Phase::Open) {
                    return Err(Refusal::VoteClosed.into());
                }
                let noted = roll::deliver(tx.conn(), id, &delivery.building, delivery.proof.trim()).await?;
                let payload = json!({ "building": delivery.building, "proof": delivery.proof, "heads": noted });
                let event = Event { room: ROOM, verb: "deliver", area: &vote.area, subject: id.as_str(), payload };
                events::record(tx, caller, event).await?;
                tx.change(topic(id));
                Ok(noted)
            })
        })
        .await
}
