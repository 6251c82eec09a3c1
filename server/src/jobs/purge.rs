//! Forgetting what is done, so that the queue does not grow for ever. Jobs given up stay: staff look at them.

use std::time::Duration;

use contract::Millis;

use super::store;
use crate::Result;
use crate::core::Core;
use crate::{db, notices};

/// How long a done job is kept for whoever looks into a trouble: 7 days, in milliseconds.
pub(super) const KEPT: Millis = 7 * 86_400_000;
/// Jobs deleted in one transaction: others' writes wait at most for so many.
pub(super) const PART: i64 = 1_000;
const ROUND: Duration = Duration::from_secs(3_600);
/// Held from one round to the next and a little longer, so that of several servers one does it, in milliseconds.
const LEASE: Millis = 3_660_000;

/// Purges once an hour until told to stop: done jobs, and what rooms have kept long enough.
pub async fn run_purger(core: Core, mut stop: tokio::sync::watch::Receiver<bool>) {
    loop {
        for (what, purged) in [("jobs", purge(&core).await), ("notices", notices::purge(&core).await)] {
            if let Err(error) = purged {
                tracing::warn!(%error, what, "what was kept long enough could not be purged, trying again in an hour");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(ROUND) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Deletes jobs done more than [`KEPT`] ago, part by part; how many. None while another server holds the
/// lease.
///
/// # Errors
/// The database's own trouble.
pub(super) async fn purge(core: &Core) -> Result<u64> {
    let mut purged = 0;
    loop {
        let part = core.db.write(core.node.clone(), |tx, node| {
            Box::pin(async move {
                let now = tx.now();
                if !db::lease(tx.conn(), "jobs.purge", node, now, now + LEASE).await? {
                    return Ok(0);
                }
                Ok(store::purge(tx.conn(), now - KEPT, PART).await?)
            })
        });
        match part.await? {
            0 => return Ok(purged),
            part => purged += part,
        }
    }
}
