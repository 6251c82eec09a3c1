//! Receipts: the ballot's id in a form that can be typed, and looking it up in the count.

use super::store::{self, urn};
use crate::core::Core;
use crate::crypto::code;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use contract::Error;
use contract::ids::VoteId;
use contract::voting::{Phase, ReceiptCheck, ReceiptState};
use sha2::{Digest, Sha256};

/// Bytes of the hash that make an id: 80 bits, 16 characters. Among 20,000 ballots two meet with a
/// chance of 2⁻⁵², and the second would be refused, not lost.
const ID_BYTES: usize = 10;

/// The id of the ballot cast with `key`: as good as random to whoever does not hold the key.
pub(super) fn ballot_id(vote: &VoteId, key: &str) -> String {
    let hash = Sha256::digest(format!("hs-ballot-1\n{vote}\n{key}"));
    code::encode(&hash[..ID_BYTES])
}

/// Is the ballot with this receipt in the count? Whom it names is told once the result is published.
///
/// # Errors
/// `NotFound` for a vote that is unknown or still a draft; a code that no ballot has is a state.
pub async fn receipt_lookup(caller: &Caller, core: &Core, vote: &VoteId, typed: &str) -> Result<ReceiptCheck> {
    let mut conn = core.db.read().await?;
    let stored = store::find(&mut conn, vote).await?.ok_or(Error::NotFound)?;
    caller.allow(Verb::VotingResult, &stored.area)?;
    let summary = stored.summary(core.clock.now());
    if summary.phase == Phase::Draft {
        return Err(Error::NotFound.into());
    }
    let id = code::decode(typed).filter(|bytes| bytes.len() == ID_BYTES).map(|bytes| code::encode(&bytes));
    let Some(id) = id else {
        return Ok(ReceiptCheck { vote: summary, code: typed.trim().to_owned(), state: ReceiptState::Unknown });
    };
    let state = match urn::counted_one(&mut conn, vote, &id).await? {
        Some(ballot) => match (ballot.choices, summary.phase) {
            (None, _) => ReceiptState::Invalid,
            (Some(choices), Phase::Published) => {
                let named = choices.numbers();
                let mut candidates = store::candidates(&mut conn, vote).await?;
                candidates.retain(|candidate| named.contains(&candidate.number));
                ReceiptState::Published(candidates)
            }
            _ => ReceiptState::Counted,
        },
        None if urn::sealed(&mut conn, vote, &id).await?.is_some() => ReceiptState::Accepted,
        None => ReceiptState::Unknown,
    };
    Ok(ReceiptCheck { vote: summary, code: id, state })
}
