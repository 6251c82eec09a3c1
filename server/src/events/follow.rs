//! Following the sealed log: each block is worked off once, in order, whatever server does it.

use super::seal::TOPIC;
use super::{Recorded, store};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use futures::future::BoxFuture;
use std::time::Duration;

/// Something that derives its state from sealed events.
#[derive(Clone, Copy, Debug)]
pub struct Follower {
    /// The name its place is kept under.
    pub name: &'static str,
    /// Works off the events of one block, inside the transaction that also moves the place on.
    pub work: for<'t> fn(&'t mut Tx, &'t [Recorded]) -> BoxFuture<'t, Result<()>>,
}

/// Works off all sealed blocks not yet seen; how many.
///
/// # Errors
/// What the follower answers, or the database's own trouble; the block is then taken up again later.
pub async fn follow(core: &Core, follower: Follower) -> Result<usize> {
    let mut done = 0;
    loop {
        let mut conn = core.db.read().await?;
        let from = store::cursor(&mut conn, follower.name).await?;
        let Some(block) = store::blocks_after(&mut conn, from, 1).await?.into_iter().next() else { return Ok(done) };
        let events = store::of_block(&mut conn, block.height).await?;
        drop(conn);
        core.db
            .write((follower, from, block.height, events), |tx, (follower, from, to, events)| {
                Box::pin(async move {
                    if store::advance(tx.conn(), follower.name, *from, *to).await? {
                        (follower.work)(tx, events).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        done += 1;
    }
}

/// Follows until told to stop.
pub async fn run_follower(core: Core, follower: Follower, mut stop: tokio::sync::watch::Receiver<bool>) {
    let mut changes = core.db.watch([TOPIC]);
    loop {
        if let Err(error) = follow(&core, follower).await {
            tracing::warn!(%error, follower = follower.name, "following failed, trying again");
        }
        tokio::select! {
            () = changes.changed() => {}
            () = tokio::time::sleep(Duration::from_secs(2)) => {}
            _ = stop.changed() => return,
        }
    }
}
