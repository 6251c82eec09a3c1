//! The end of the recount window: urn and wrapped key are destroyed, so that afterwards nothing in the world
//! opens a ballot.

use super::ROOM;
use super::store::{self, Vote, keys, urn};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::jobs::{self, Handlers};
use contract::Millis;
use contract::ids::VoteId;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The kind of job.
const KIND: &str = "voting.purge";

/// A job's payload.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Purge {
    vote: VoteId,
}

/// Adds the job.
pub(super) fn jobs(handlers: Handlers) -> Handlers {
    handlers.on(KIND, purge)
}

/// Queues it for the window's end.
pub(super) async fn queue(tx: &mut Tx, vote: &VoteId, at: Millis) -> Result<()> {
    let key = format!("{KIND}/{vote}/published");
    jobs::enqueue(tx, KIND, &Purge { vote: vote.clone() }, Some(&key), at).await.map(drop)
}

async fn purge(core: Core, job: Purge) -> Result<()> {
    core.db
        .write(job, |tx, Purge { vote: id }| {
            Box::pin(async move {
                let now = tx.now();
                let over = |vote: &Vote| vote.appeals_until.is_some_and(|until| until <= now);
                let Some(vote) = store::find(tx.conn(), id).await?.filter(over) else { return Ok(()) };
                if keys::wraps(tx.conn(), id).await?.is_empty() {
                    return Ok(());
                }
                urn::clear(tx.conn(), id).await?;
                keys::destroy(tx.conn(), id).await?;
                let event =
                    Event { room: ROOM, verb: "purge", area: &vote.area, subject: id.as_str(), payload: json!({}) };
                events::record_as(tx, "system", event).await.map(drop)
            })
        })
        .await
}
