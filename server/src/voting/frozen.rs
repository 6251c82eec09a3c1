//! What never changes once a vote is announced, remembered so that a ballot need not ask for it.

use super::store;
use crate::core::Core;
use crate::error::Result;
use contract::Error;
use contract::ids::VoteId;
use contract::voting::{Item, Secrecy};
use std::sync::Arc;

/// The paper and the urn's key. A vote announced anew, after a backup was put back, has another key: a ballot
/// names the key that it is sealed to, and the roll takes no other.
#[derive(Debug)]
pub(super) struct Frozen {
    pub items: Vec<Item>,
    pub public_key: String,
    pub secrecy: Secrecy,
}

/// The frozen side of an announced vote.
///
/// # Errors
/// `NotFound` (unknown, or a draft).
pub(super) async fn frozen(core: &Core, vote: &VoteId) -> Result<Arc<Frozen>> {
    if let Some(known) = core.memo.get::<Frozen>(vote.as_str()) {
        return Ok(known);
    }
    let mut conn = core.db.read().await?;
    let stored = store::find(&mut conn, vote).await?.ok_or(Error::NotFound)?;
    let secrecy = stored.secrecy();
    let public_key = stored.public_key.ok_or(Error::NotFound)?;
    let items = store::items(&mut conn, vote).await?;
    Ok(core.memo.put(vote.as_str(), Frozen { items, public_key, secrecy }))
}

/// Forgets what is remembered of a vote.
pub(super) fn forget(core: &Core, vote: &VoteId) {
    core.memo.forget::<Frozen>(vote.as_str());
}
