//! Casting: three statements, one ballot a head.

use super::browse::outsider;
use super::choices::Choices;
use super::receipt::ballot_id;
use super::store::{self, roll, urn};
use super::{ROOM, topic};
use crate::core::Core;
use crate::crypto::Keys;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::identity::Caller;
use contract::ids::{PersonId, VoteId};
use contract::voting::{CastBallot, Phase, Receipt, Standing};
use contract::{Error, Issue, Refusal};
use serde_json::json;
use std::sync::Arc;

/// Everything that the transaction needs, made before it begins.
struct Envelope {
    vote: VoteId,
    person: PersonId,
    id: String,
    choices: Choices,
    sealed: String,
    keys: Arc<Keys>,
    /// What to answer when the person is not on the roll.
    outsider: Caller,
}

/// Casts the caller's ballot. The same key sent again, at once or years later, gives the same receipt.
///
/// # Errors
/// `SignIn`; `NotFound` (unknown or a draft); `Invalid` (`choices`: `TooManyChosen` with the seats, or
/// `Unknown`); [`Refusal::NotBound`], [`Refusal::OtherBuilding`], [`Refusal::NotOnRoll`],
/// [`Refusal::VoteNotOpen`], [`Refusal::VoteClosed`], [`Refusal::AlreadyVoted`] (with another key),
/// [`Refusal::KeyReused`] (same key, other choice).
pub async fn cast(caller: &Caller, core: &Core, ballot: CastBallot) -> Result<Receipt> {
    caller.account()?;
    ballot.check()?;
    let person = caller.person()?.clone();
    let id = ballot_id(&ballot.vote, &ballot.key);
    let choices = Choices::of(&ballot.choices);
    let sealed = choices.seal(&core.keys, &ballot.vote, &id);
    let keys = core.keys.clone();
    let envelope = Envelope { vote: ballot.vote, person, id, choices, sealed, keys, outsider: caller.clone() };
    core.db.write(envelope, |tx, envelope| Box::pin(put(tx, envelope))).await
}

async fn put(tx: &mut Tx, ballot: &Envelope) -> Result<Receipt> {
    let now = tx.now();
    let marked = roll::mark_voted(tx.conn(), &ballot.vote, &ballot.person, ballot.choices, now).await?;
    let Some(building) = marked else { return already(tx, ballot).await };
    urn::put(tx.conn(), &ballot.vote, &ballot.id, &ballot.sealed).await.map_err(|error| {
        let error = crate::Error::from(error);
        // Another voter's key: the constraint spoke, and the mark on the roll goes with the refusal.
        if error.is_unique_violation() { Refusal::KeyReused.into() } else { error }
    })?;
    let event = Event { room: ROOM, verb: "cast", area: &building, subject: ballot.vote.as_str(), payload: json!({}) };
    events::record_as(tx, ballot.person.as_str(), event).await?;
    tx.change(topic(&ballot.vote));
    Ok(receipt(ballot))
}

fn receipt(ballot: &Envelope) -> Receipt {
    Receipt { vote: ballot.vote.clone(), code: ballot.id.clone() }
}

/// Nothing was marked: a retry hears its receipt again, anybody else why not.
async fn already(tx: &mut Tx, ballot: &Envelope) -> Result<Receipt> {
    let now = tx.now();
    let vote = store::find(tx.conn(), &ballot.vote).await?.filter(|vote| vote.state != "draft");
    let vote = vote.ok_or(Error::NotFound)?;
    let Some(entry) = roll::entry(tx.conn(), &ballot.vote, &ballot.person).await? else {
        return Err(match outsider(&ballot.outsider, &vote.area) {
            Standing::OtherBuilding => Refusal::OtherBuilding,
            _ => Refusal::NotOnRoll,
        }
        .into());
    };
    if entry.voted_at.is_some() {
        return match stored_choice(tx, ballot).await? {
            Some(choices) if choices == ballot.choices => Ok(receipt(ballot)),
            Some(_) => Err(Refusal::KeyReused.into()),
            None => Err(Refusal::AlreadyVoted.into()),
        };
    }
    match vote.phase(now) {
        Phase::Announced => Err(Refusal::VoteNotOpen.into()),
        Phase::Open if ballot.choices.count() > vote.seats => {
            let seats = u32::try_from(vote.seats).map_err(crate::Error::internal)?;
            Err(crate::Error::field("choices", Issue::TooManyChosen(seats)))
        }
        Phase::Open => Err(crate::Error::field("choices", Issue::Unknown)),
        _ => Err(Refusal::VoteClosed.into()),
    }
}

/// The choice of the ballot with this key, sealed still or counted.
async fn stored_choice(tx: &mut Tx, ballot: &Envelope) -> Result<Option<Choices>> {
    if let Some(sealed) = urn::sealed(tx.conn(), &ballot.vote, &ballot.id).await? {
        return Ok(Choices::open(&ballot.keys, &ballot.vote, &ballot.id, &sealed)?);
    }
    Ok(urn::counted_one(tx.conn(), &ballot.vote, &ballot.id).await?.and_then(|opened| opened.choices))
}
