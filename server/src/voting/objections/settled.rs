//! The roll as it stands when its poll opens: its hash goes into the log once more, with what was changed since the
//! announcement. From then on nothing of it changes.

use super::store;
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::jobs::{self, Handlers};
use crate::voting::store::{self as votes, Vote, amend};
use crate::voting::{ROOM, topic};
use contract::ids::VoteId;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The kind of job.
const KIND: &str = "voting.roll_settled";

/// A job's payload.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Settled {
    vote: VoteId,
}

/// Adds the job.
pub(in crate::voting) fn jobs(handlers: Handlers) -> Handlers {
    handlers.on(KIND, settled)
}

/// Queues it for the opening.
pub(in crate::voting) async fn queue(tx: &mut Tx, vote: &Vote) -> Result<()> {
    let key = format!("{KIND}/{}", vote.id);
    jobs::enqueue(tx, KIND, &Settled { vote: vote.id.clone() }, Some(&key), vote.opens_at).await.map(drop)
}

async fn settled(core: Core, job: Settled) -> Result<()> {
    core.db.write(job, |tx, Settled { vote }| Box::pin(publish(tx, vote))).await
}

async fn publish(tx: &mut Tx, id: &VoteId) -> Result<()> {
    let now = tx.now();
    // Run again after a crash, it says the same once more: the roll is closed.
    let Some(vote) = votes::find(tx.conn(), id).await? else { return Ok(()) };
    if vote.state == "draft" || amend::roll_is_open(tx.conn(), id, now).await? {
        return Ok(());
    }
    let changes = store::changes(tx.conn(), id).await?;
    let payload = json!({ "heads": vote.heads, "changes": changes, "roll_sha256": vote.roll_sha256 });
    let event = Event { room: ROOM, verb: "roll_settled", area: &vote.area, subject: id.as_str(), payload };
    events::record_as(tx, "system", event).await?;
    tx.change(topic(id));
    Ok(())
}
