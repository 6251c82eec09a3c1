//! Hashes of the log: length-prefixed fields under SHA-256, so that no two events share a preimage.

use super::store::{Block, Recorded};
use sha2::{Digest, Sha256};

/// The hash that the first block names as the one before it.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Leaf hash of an event: domain byte 0, then each field with its length.
fn leaf(event: &Recorded) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update([0]);
    let at = event.at.to_string();
    for field in
        [event.id.as_str(), &at, &event.actor, &event.room, &event.verb, &event.area, &event.subject, &event.payload]
    {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field.as_bytes());
    }
    hash.finalize().into()
}

/// Merkle root over the events in order; an odd node moves up unpaired, inner nodes carry domain byte 1.
pub(super) fn root(events: &[Recorded]) -> String {
    let mut level: Vec<[u8; 32]> = events.iter().map(leaf).collect();
    while level.len() > 1 {
        level = level
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => {
                    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
                }
                single => single[0],
            })
            .collect();
    }
    level.first().map(hex::encode).unwrap_or_default()
}

/// The hash of a block: everything it says except the hash itself.
pub(super) fn block(block: &Block) -> String {
    let text = format!(
        "hs-block-1\n{}\n{}\n{}\n{}\n{}",
        block.height, block.previous, block.root, block.events, block.sealed_at
    );
    hex::encode(Sha256::digest(text.as_bytes()))
}
