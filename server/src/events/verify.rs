//! Walking the chain.

use super::{hash, store};
use crate::core::Core;
use crate::error::Result;

/// What a walk over the log found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every block holds.
    Whole {
        /// Blocks walked.
        blocks: i64,
        /// Events in them.
        events: i64,
    },
    /// The first block that does not hold.
    Broken {
        /// Its height.
        height: i64,
        /// What does not agree.
        why: &'static str,
    },
}

/// Walks the whole log in constant memory.
///
/// # Errors
/// The database's own trouble; a broken block is a verdict, not an error.
pub async fn verify(core: &Core) -> Result<Verdict> {
    let mut conn = core.db.read().await?;
    let (mut height, mut events, mut previous) = (0, 0, hash::GENESIS.to_owned());
    loop {
        let blocks = store::blocks_after(&mut conn, height, 100).await?;
        if blocks.is_empty() {
            return Ok(Verdict::Whole { blocks: height, events });
        }
        for block in blocks {
            let inside = store::of_block(&mut conn, block.height).await?;
            let why = [
                (block.height != height + 1, "a block is missing"),
                (block.previous != previous, "it does not name the block before it"),
                (usize::try_from(block.events).ok() != Some(inside.len()), "events were added or removed"),
                (hash::root(&inside) != block.root, "an event was changed"),
                (hash::block(&block) != block.hash, "its own record was changed"),
            ];
            if let Some((_, why)) = why.into_iter().find(|(broken, _)| *broken) {
                return Ok(Verdict::Broken { height: height + 1, why });
            }
            (height, previous) = (block.height, block.hash);
            events += block.events;
        }
    }
}
