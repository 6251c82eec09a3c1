//! Casting: three statements, one ballot a head.

use super::browse::outsider;
use super::choices::Choices;
use super::envelope::Content;
use super::frozen::{Frozen, forget, frozen};
use super::receipt::{counted_id, mark_of, receipt_code, sealed_id};
use super::store::roll::Casting;
use super::store::urn::Sealed;
use super::store::{self, roll, urn};
use super::{ROOM, topic};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::identity::Caller;
use contract::ids::PersonId;
use contract::voting::{CastBallot, Phase, Receipt, Secrecy, Standing, fits};
use contract::{Error, Refusal};
use serde_json::json;
use std::sync::Arc;

/// Everything that the transaction needs, made before it begins.
struct Envelope {
    ballot: CastBallot,
    person: PersonId,
    code: String,
    choices: Choices,
    sealed: Sealed,
    frozen: Arc<Frozen>,
    /// What to answer when the person is not on the roll.
    outsider: Caller,
}

/// Casts the ballot of one of the caller's heads. The same key sent again, at once or years later, gives the
/// same receipt.
///
/// # Errors
/// `SignIn`; `NotFound` (unknown or a draft); `Invalid` as [`fits`]; [`Refusal::NotBound`],
/// [`Refusal::OtherBuilding`], [`Refusal::NotOnRoll`], [`Refusal::VoterNotNamed`], [`Refusal::NotTheVoter`],
/// [`Refusal::VoteNotOpen`], [`Refusal::VoteClosed`], [`Refusal::AlreadyVoted`] (with another key),
/// [`Refusal::KeyReused`] (same key, other choice), [`Refusal::Stale`] (the roll lists another area by now).
pub async fn cast(caller: &Caller, core: &Core, ballot: CastBallot) -> Result<Receipt> {
    caller.account()?;
    ballot.check()?;
    let person = caller.person()?.clone();
    let envelope = seal(caller, core, ballot.clone(), person.clone()).await?;
    match core.db.write(envelope, |tx, envelope| Box::pin(put(tx, envelope))).await? {
        Some(receipt) => Ok(receipt),
        None => {
            forget(core, &ballot.vote);
            let envelope = seal(caller, core, ballot, person).await?;
            let done = core.db.write(envelope, |tx, envelope| Box::pin(put(tx, envelope))).await?;
            Ok(done.ok_or(Refusal::Stale)?)
        }
    }
}

/// Checks against the paper and seals; the work with keys is done here, outside the write door.
async fn seal(caller: &Caller, core: &Core, ballot: CastBallot, person: PersonId) -> Result<Envelope> {
    let frozen = frozen(core, &ballot.vote).await?;
    fits(&frozen.items, &ballot.choices)?;
    let choices = Choices::of(&ballot.choices);
    let code = receipt_code(&ballot.vote, &ballot.key);
    let id = sealed_id(&ballot.vote, &code);
    let counted = counted_id(&ballot.vote, &code);
    let content = Content { counted, area_dm2: ballot.area_dm2, choices };
    let envelope = content.seal(&core.ids, &frozen.public_key, &ballot.vote, &id)?;
    let choices = content.choices;
    let sealed = Sealed {
        vote: ballot.vote.clone(),
        id,
        envelope,
        mark: mark_of(&ballot.key, &choices),
        head: (frozen.secrecy == Secrecy::Signed).then(|| ballot.head.clone()),
    };
    Ok(Envelope { ballot, person, code, choices, sealed, frozen, outsider: caller.clone() })
}

/// None when the ballot is sealed to another key than the urn's.
async fn put(tx: &mut Tx, cast: &Envelope) -> Result<Option<Receipt>> {
    let (now, CastBallot { vote, head, area_dm2, .. }) = (tx.now(), &cast.ballot);
    let public_key = &cast.frozen.public_key;
    let casting = Casting { vote, head, person: &cast.person, area_dm2: *area_dm2, public_key };
    let Some(building) = roll::mark_voted(tx.conn(), &casting, now).await? else { return already(tx, cast).await };
    urn::put(tx.conn(), &cast.sealed).await.map_err(|error| {
        let error = crate::Error::from(error);
        // Another voter's key: the constraint spoke, and the mark on the roll goes with the refusal.
        if error.is_unique_violation() { Refusal::KeyReused.into() } else { error }
    })?;
    let event = Event { room: ROOM, verb: "cast", area: &building, subject: vote.as_str(), payload: json!({}) };
    events::record_as(tx, cast.person.as_str(), event).await?;
    tx.change(topic(vote));
    Ok(Some(receipt(cast)))
}

fn receipt(cast: &Envelope) -> Receipt {
    Receipt { vote: cast.ballot.vote.clone(), code: cast.code.clone() }
}

/// Nothing was marked: a retry hears its receipt again, anybody else why not.
async fn already(tx: &mut Tx, cast: &Envelope) -> Result<Option<Receipt>> {
    let (now, CastBallot { vote: id, head, area_dm2, .. }) = (tx.now(), &cast.ballot);
    let vote = store::find(tx.conn(), id).await?.filter(|vote| vote.state != "draft").ok_or(Error::NotFound)?;
    let entries = roll::entries(tx.conn(), id, &cast.person).await?;
    let Some(entry) = entries.iter().find(|entry| entry.head == *head) else {
        return Err(match outsider(&cast.outsider, &vote.area) {
            _ if !entries.is_empty() => Refusal::NotTheVoter,
            Standing::OtherBuilding => Refusal::OtherBuilding,
            _ => Refusal::NotOnRoll,
        }
        .into());
    };
    if entry.voted_at.is_some() {
        return match same_as_cast(tx, cast).await? {
            Some(true) => Ok(Some(receipt(cast))),
            Some(false) => Err(Refusal::KeyReused.into()),
            None => Err(Refusal::AlreadyVoted.into()),
        };
    }
    Err(match vote.phase(now) {
        Phase::Announced => Refusal::VoteNotOpen,
        Phase::Open if !entry.named => Refusal::VoterNotNamed,
        Phase::Open if !entry.may_vote => Refusal::NotTheVoter,
        Phase::Open if entry.area_dm2 != *area_dm2 => Refusal::Stale,
        Phase::Open => return Ok(None),
        _ => Refusal::VoteClosed,
    }
    .into())
}

/// Is the ballot cast with this key, sealed still or counted, the same as this one? None where there is none.
async fn same_as_cast(tx: &mut Tx, cast: &Envelope) -> Result<Option<bool>> {
    let vote = &cast.ballot.vote;
    if let Some(mark) = urn::mark(tx.conn(), vote, &cast.sealed.id).await? {
        return Ok(Some(mark == cast.sealed.mark));
    }
    let counted = urn::counted_one(tx.conn(), vote, &counted_id(vote, &cast.code)).await?;
    Ok(counted.map(|ballot| ballot.choices.as_ref() == Some(&cast.choices)))
}
