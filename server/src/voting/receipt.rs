//! Receipts, and the names that follow from them.
//!
//! From the key that only the voter's browser holds follows the receipt's code, and from the code two ids:
//! one under which the ballot lies sealed in the urn, another under which it stands in the count. Neither
//! leads to the other without the code, so that a copy of the urn (whose order may tell who put what in)
//! cannot be laid beside the published count.

use super::choices::Choices;
use super::store::{self, urn};
use crate::core::Core;
use crate::crypto::code;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use contract::Error;
use contract::ids::VoteId;
use contract::voting::{Item, ItemMarks, Phase, ReceiptCheck, ReceiptState};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Bytes of the hash that make a code or an id in the urn: 80 bits, 16 characters. Among 20,000 ballots two meet
/// with a chance of 2⁻⁵², and the second would be refused, not lost.
const BYTES: usize = 10;
/// Bytes of an id in the count: 160 bits, 32 characters. There nothing can be refused any more, and voters choose
/// the keys that ids follow from: two who look for keys that meet must not find any.
const COUNTED: usize = 20;

fn hash(bytes: usize, kind: &str, vote: &VoteId, from: &str) -> String {
    let hash = Sha256::digest(format!("{kind}\n{vote}\n{from}"));
    code::encode(&hash[..bytes])
}

/// The receipt's code of the ballot cast with `key`: as good as random to whoever does not hold the key.
pub(super) fn receipt_code(vote: &VoteId, key: &str) -> String {
    hash(BYTES, "hs-receipt-2", vote, key)
}

/// The id in the urn of the ballot with this receipt.
pub(super) fn sealed_id(vote: &VoteId, code: &str) -> String {
    hash(BYTES, "hs-sealed-2", vote, code)
}

/// The id in the count, and in its export, of the ballot with this receipt.
pub fn counted_id(vote: &VoteId, code: &str) -> String {
    hash(COUNTED, "hs-counted-3", vote, code)
}

/// The id in the count of a ballot that cannot be opened, by its id in the urn.
pub(super) fn invalid_id(vote: &VoteId, sealed: &str) -> String {
    hash(COUNTED, "hs-invalid-3", vote, sealed)
}

/// Tells a ballot sent again from another one sent with the same key; says nothing to who lacks the key.
pub(super) fn mark_of(key: &str, choices: &Choices) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(choices.text().as_bytes());
    code::encode(&mac.finalize().into_bytes()[..BYTES])
}

/// The code in its stored form, however it was typed.
pub(super) fn normal(typed: &str) -> Option<String> {
    code::decode(typed).filter(|bytes| bytes.len() == BYTES).map(|bytes| code::encode(&bytes))
}

/// Is the ballot with this receipt in the count? What it says is told once the result is published.
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
    let Some(code) = normal(typed) else {
        return Ok(ReceiptCheck { vote: summary, code: typed.trim().to_owned(), state: ReceiptState::Unknown });
    };
    let sealed = sealed_id(vote, &code);
    let counted = match urn::counted_one(&mut conn, vote, &counted_id(vote, &code)).await? {
        None => urn::counted_one(&mut conn, vote, &invalid_id(vote, &sealed)).await?,
        found => found,
    };
    let state = match counted {
        Some(ballot) => match (ballot.choices, summary.phase) {
            (None, _) => ReceiptState::Invalid,
            (Some(choices), Phase::Published) => {
                ReceiptState::Published(said(&store::items(&mut conn, vote).await?, &choices))
            }
            _ => ReceiptState::Counted,
        },
        None if urn::mark(&mut conn, vote, &sealed).await?.is_some() => ReceiptState::Accepted,
        None => ReceiptState::Unknown,
    };
    Ok(ReceiptCheck { vote: summary, code, state })
}

/// What choices say, in the paper's words.
pub(super) fn said(items: &[Item], choices: &Choices) -> Vec<ItemMarks> {
    let marks = |(place, item): (usize, &Item)| ItemMarks {
        title: item.title.clone(),
        named: item
            .options
            .iter()
            .filter(|option| choices.names(place, option.number))
            .map(|option| option.name.clone())
            .collect(),
    };
    items.iter().enumerate().map(marks).collect()
}
