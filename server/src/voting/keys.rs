//! Opening keys: organisers and scrutineers take theirs while a vote is a draft, announcing makes the urn's key
//! pair and wraps its private half for each pair of them.
//!
//! A holder's key follows from a code that is shown once and kept nowhere: the server knows its public half.
//! The urn's private key is nowhere in clear; to unwrap it takes an organiser's code and a scrutineer's, and
//! who holds one kind cannot hold the other. With several holders, one lost code does not lose a vote.

use super::record;
use super::store::keys::{Holder, Wrap};
use super::store::{self, keys};
use crate::core::Core;
use crate::crypto::code;
use crate::crypto::envelope::{self, PrivateKey};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::identity::{Caller, Verb};
use crate::ids::Ids;
use contract::ids::VoteId;
use contract::voting::{KeyHolder, KeyPart};
use contract::{Error as Told, Issue, Refusal};
use serde_json::json;
use sqlx::AnyConnection;

/// Bytes of a code: 120 bits, 24 characters.
const CODE_BYTES: usize = 15;

/// The verb behind each kind of key.
pub(super) fn verb(part: KeyPart) -> Verb {
    match part {
        KeyPart::Organiser => Verb::VotingOrganise,
        KeyPart::Scrutineer => Verb::VotingScrutinise,
    }
}

/// Takes an opening key of a draft; the code is shown once and must be kept. Taking another makes the code
/// before it worthless.
///
/// # Errors
/// `NotFound`; `Forbidden` without the role; [`Refusal::WrongState`] once it is announced;
/// [`Refusal::OneKeyEach`] for who holds the other kind.
pub async fn take_key(caller: &Caller, core: &Core, vote: &VoteId, part: KeyPart) -> Result<String> {
    let code = code::encode(&core.ids.bytes::<CODE_BYTES>());
    take_known_key(caller, core, vote, part, &code).await?;
    Ok(code)
}

/// The same with a code that is known already: for the demo, whose codes are printed.
///
/// # Errors
/// As [`take_key`]; `Invalid` (`code`: `Format`).
pub async fn take_known_key(caller: &Caller, core: &Core, vote: &VoteId, part: KeyPart, code: &str) -> Result<()> {
    let key = from_typed(vote, code).ok_or_else(|| Error::field("code", Issue::Format))?;
    core.db
        .write((caller.clone(), vote.clone(), key.public()), move |tx, (caller, id, public)| {
            Box::pin(put(tx, caller, id, part, public))
        })
        .await
}

async fn put(tx: &mut Tx, caller: &Caller, id: &VoteId, part: KeyPart, public: &str) -> Result<()> {
    let vote = store::find(tx.conn(), id).await?.ok_or(Told::NotFound)?;
    caller.allow(verb(part), &vote.area)?;
    if vote.state != "draft" {
        return Err(Refusal::WrongState.into());
    }
    let holder = (caller.hand(), caller.name.as_deref().unwrap_or_default());
    if !keys::put(tx.conn(), id, holder, part, public).await? {
        return Err(Refusal::OneKeyEach.into());
    }
    let payload = json!({ "part": part.code(), "public_key": public });
    record(tx, caller, &vote, "take_key", payload).await
}

/// What holders' keys of a vote are made for.
fn purpose(vote: &VoteId) -> String {
    format!("voting.opening/{vote}")
}

/// What the urn's private key is wrapped for.
fn wrapped_for(vote: &VoteId) -> String {
    format!("voting.urn/{vote}")
}

/// The key that follows from a typed code; none for text that is no code.
pub(super) fn from_typed(vote: &VoteId, typed: &str) -> Option<PrivateKey> {
    let secret = code::decode(typed).filter(|bytes| bytes.len() == CODE_BYTES)?;
    Some(PrivateKey::from_code(&purpose(vote), &secret))
}

/// Makes the urn's key pair and wraps its private half for every pair of holders; gives the public half.
///
/// # Errors
/// [`Refusal::NoOpeningKeys`] unless there is a holder of each kind.
pub(super) async fn make_urn(tx: &mut Tx, ids: &Ids, vote: &VoteId) -> Result<String> {
    let holders = keys::holders(tx.conn(), vote).await?;
    let urn = PrivateKey::fresh(ids);
    let mut wraps = Vec::new();
    for (organiser, scrutineer) in pairs(&holders) {
        let both = [organiser.public_key.as_str(), scrutineer.public_key.as_str()];
        let wrapped = envelope::wrap(ids, &both, &wrapped_for(vote), &urn);
        wraps.push(Wrap {
            organiser: organiser.holder.clone(),
            scrutineer: scrutineer.holder.clone(),
            wrapped: wrapped.ok_or_else(|| Error::internal("an opening key is none"))?,
        });
    }
    if wraps.is_empty() {
        return Err(Refusal::NoOpeningKeys.into());
    }
    for wrap in &wraps {
        keys::wrap(tx.conn(), vote, wrap).await?;
    }
    Ok(urn.public())
}

fn pairs(holders: &[Holder]) -> impl Iterator<Item = (&Holder, &Holder)> {
    let of = |part| holders.iter().filter(move |holder| holder.part() == part);
    of(KeyPart::Organiser).flat_map(move |organiser| of(KeyPart::Scrutineer).map(move |other| (organiser, other)))
}

/// The urn's private key, from the shares of both holders of a wrapping.
pub(super) fn unwrap(
    vote: &VoteId,
    holders: &[Holder],
    wrap: &Wrap,
    shares: [envelope::Share; 2],
) -> Option<PrivateKey> {
    let public =
        |name: &str| holders.iter().find(|holder| holder.holder == name).map(|holder| holder.public_key.as_str());
    let both = [public(&wrap.organiser)?, public(&wrap.scrutineer)?];
    envelope::unwrap(&wrap.wrapped, &both, &shares, &wrapped_for(vote))
}

/// Who holds a vote's keys, as workers see it.
pub(super) async fn shown(caller: &Caller, conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<KeyHolder>> {
    let given = keys::given(conn, vote).await?;
    let holders = keys::holders(conn, vote).await?.into_iter();
    let holder = |holder: Holder| KeyHolder {
        part: holder.part(),
        own: holder.holder == caller.hand(),
        given: given.iter().any(|given| given.holder == holder.holder),
        name: holder.name,
    };
    Ok(holders.map(holder).collect())
}
