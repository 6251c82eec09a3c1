//! The append-only log of what happened, sealed into a chain of blocks.
//!
//! A verb records its event in its own transaction. About once a second the holder of a lease seals what
//! is committed and not yet sealed into a block (hash of the block before, Merkle root of its events), so
//! that writers never queue on the chain. Points, reminders and audit follow the sealed blocks, whose
//! order is the same for everyone. [`verify`] walks the chain and names the first broken block.

mod follow;
mod hash;
mod head;
mod seal;
mod store;
#[cfg(test)]
mod tests;
mod verify;

pub use follow::{Follower, follow, run_follower};
pub use head::{Head, head};
pub use seal::{run_sealer, seal_once};
pub use store::{Recorded, about_text};
pub use verify::{Verdict, verify};

use crate::db::Tx;
use crate::error::{Error, Result};
use crate::identity::Caller;
use contract::ids::EventId;
use contract::{AreaId, Millis};
use serde::Serialize;
use sqlx::AnyConnection;

/// What a verb says of itself.
#[derive(Clone, Debug)]
pub struct Event<'a, P> {
    /// The room, e.g. `voting`.
    pub room: &'static str,
    /// The verb in that room, e.g. `cast`.
    pub verb: &'static str,
    /// Where it happened.
    pub area: &'a AreaId,
    /// What it happened to (an id of the room's, never personal data).
    pub subject: &'a str,
    /// The rest, as JSON; no personal data, for the log is kept for good.
    pub payload: P,
}

/// Appends an event in the caller's own transaction.
///
/// # Errors
/// The database's own trouble, or a payload that is no JSON.
pub async fn record<P: Serialize>(tx: &mut Tx, caller: &Caller, event: Event<'_, P>) -> Result<EventId> {
    record_as(tx, caller.actor(), event).await
}

/// The actor of what is done by whoever runs the program, at its own prompt.
pub const OPERATOR: &str = "operator";

/// What a room did by some of its verbs to any of some subjects, newest first, before the event `before`.
///
/// # Errors
/// The database's own.
pub async fn about(
    conn: &mut AnyConnection,
    by: (&'static str, &[&'static str]),
    subjects: &[String],
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Recorded>> {
    Ok(store::about(conn, by, subjects, before, limit).await?)
}

/// As [`record`], for what the system does by itself.
///
/// # Errors
/// As [`record`].
pub async fn record_as<P: Serialize>(tx: &mut Tx, actor: &str, event: Event<'_, P>) -> Result<EventId> {
    let payload = serde_json::to_string(&event.payload).map_err(Error::internal)?;
    let id: EventId = tx.id();
    let at: Millis = tx.now();
    store::insert(tx.conn(), &id, at, actor, &event, &payload).await?;
    Ok(id)
}
