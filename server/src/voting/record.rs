//! The room's part of the log.

use super::store::Vote;
use super::{ROOM, topic};
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::identity::Caller;

/// Records what the caller did to a vote, and wakes whoever watches it.
pub(super) async fn record(
    tx: &mut Tx,
    caller: &Caller,
    vote: &Vote,
    verb: &'static str,
    payload: serde_json::Value,
) -> Result<()> {
    let event = Event { room: ROOM, verb, area: &vote.area, subject: vote.id.as_str(), payload };
    events::record(tx, caller, event).await?;
    tx.change(topic(&vote.id));
    Ok(())
}
