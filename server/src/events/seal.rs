//! Sealing: what is committed and not yet sealed becomes the next block.

use super::store::{self, Block};
use super::{Recorded, hash};
use crate::core::Core;
use crate::db::{self, Tx};
use crate::error::{Error, Result};
use std::time::Duration;

/// Events in one block at most: bounds the sealer's memory and time.
const BLOCK: i64 = 5_000;
/// How long a lease holds; renewed each round.
const LEASE_MS: i64 = 10_000;
const ROUND: Duration = Duration::from_millis(1_000);
/// The topic announced with each block.
pub(super) const TOPIC: &str = "events";

/// Seals one block if there is anything to seal; the number of events in it.
///
/// # Errors
/// The database's own trouble.
pub async fn seal_once(core: &Core) -> Result<usize> {
    core.db.write(core.node.clone(), |tx, node| Box::pin(seal(tx, node))).await
}

async fn seal(tx: &mut Tx, node: &str) -> Result<usize> {
    let now = tx.now();
    if !db::lease(tx.conn(), "sealer", node, now, now + LEASE_MS).await? {
        return Ok(0);
    }
    let last = store::last_block(tx.conn()).await?;
    let height = last.as_ref().map_or(1, |block| block.height + 1);
    if store::claim(tx.conn(), height, BLOCK).await? == 0 {
        return Ok(0);
    }
    let events: Vec<Recorded> = store::of_block(tx.conn(), height).await?;
    let previous = last.map_or_else(|| hash::GENESIS.to_owned(), |block| block.hash);
    let count = i64::try_from(events.len()).map_err(Error::internal)?;
    let mut block =
        Block { height, previous, root: hash::root(&events), events: count, sealed_at: now, hash: String::new() };
    block.hash = hash::block(&block);
    store::insert_block(tx.conn(), &block).await?;
    tx.change(TOPIC);
    Ok(events.len())
}

/// Seals about once a second until told to stop; a full block is followed at once by the next.
pub async fn run_sealer(core: Core, mut stop: tokio::sync::watch::Receiver<bool>) {
    loop {
        let full = match seal_once(&core).await {
            Ok(sealed) => i64::try_from(sealed).is_ok_and(|n| n >= BLOCK),
            Err(error) => {
                tracing::warn!(%error, "sealing failed, trying again");
                false
            }
        };
        if !full {
            tokio::select! {
                () = tokio::time::sleep(ROUND) => {}
                _ = stop.changed() => return,
            }
        }
    }
}
