//! Casting: three statements, one ballot a head.

use super::browse::outsider;
use super::choices::Choices;
use super::envelope::Content;
use super::found::announced;
use super::frozen::{Frozen, forget, frozen};
use super::mandates;
use super::periods::HOUR;
use super::receipt::{counted_id, mark_of, receipt_code, sealed_id};
use super::store::amend;
use super::store::roll::Casting;
use super::store::urn::Sealed;
use super::store::{self, Vote, roll, urn};
use super::{ROOM, topic};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::identity::Caller;
use crate::ids::Ids;
use contract::ids::{MandateId, PersonId};
use contract::voting::{CastBallot, Phase, Receipt, Secrecy, Standing, fits};
use contract::{Error, Refusal};
use serde_json::json;
use std::sync::Arc;

/// The channel of papers, and who overtakes a mandate by one.
const PAPER: &str = "paper";

/// Everything that the transaction needs, made before it begins.
struct Envelope {
    ballot: CastBallot,
    person: PersonId,
    code: String,
    choices: Choices,
    sealed: Sealed,
    frozen: Arc<Frozen>,
    /// By which the person casts another's ballot.
    mandate: Option<MandateId>,
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
/// [`Refusal::PaperReceived`],
/// [`Refusal::KeyReused`] (same key, other choice), [`Refusal::Stale`] (the roll lists another area by now).
pub async fn cast(caller: &Caller, core: &Core, ballot: CastBallot) -> Result<Receipt> {
    deliver(caller, core, ballot, None).await
}

/// Casts the ballot of the head that the caller holds this mandate for; the ballot names that head. The mandate is
/// used with it.
///
/// # Errors
/// `SignIn`; [`Refusal::NotBound`]; `Invalid` as [`fits`]; [`Refusal::NoMandate`] when it is not the caller's, is for another head,
/// has ended, or is of an owner who casts the head's ballot no more; otherwise as [`cast`].
pub async fn cast_by_mandate(caller: &Caller, core: &Core, mandate: &MandateId, ballot: CastBallot) -> Result<Receipt> {
    deliver(caller, core, ballot, Some(mandate)).await
}

async fn deliver(caller: &Caller, core: &Core, ballot: CastBallot, mandate: Option<&MandateId>) -> Result<Receipt> {
    caller.account()?;
    ballot.check()?;
    let person = caller.person()?.clone();
    let seal = async |ballot, person| seal(caller, core, ballot, person, mandate).await;
    let envelope = seal(ballot.clone(), person.clone()).await?;
    match core.db.write(envelope, |tx, envelope| Box::pin(put(tx, envelope))).await? {
        Some(receipt) => Ok(receipt),
        None => {
            forget(core, &ballot.vote);
            let envelope = seal(ballot, person).await?;
            let done = core.db.write(envelope, |tx, envelope| Box::pin(put(tx, envelope))).await?;
            Ok(done.ok_or(Refusal::Stale)?)
        }
    }
}

/// Checks against the paper and seals; the work with keys is done here, outside the write door.
async fn seal(
    caller: &Caller,
    core: &Core,
    ballot: CastBallot,
    person: PersonId,
    mandate: Option<&MandateId>,
) -> Result<Envelope> {
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
    let mandate = mandate.cloned();
    Ok(Envelope { ballot, person, code, choices, sealed, frozen, mandate, outsider: caller.clone() })
}

/// None when the ballot is sealed to another key than the urn's.
async fn put(tx: &mut Tx, cast: &Envelope) -> Result<Option<Receipt>> {
    let (now, CastBallot { vote, head, area_dm2, .. }) = (tx.now(), &cast.ballot);
    let public_key = &cast.frozen.public_key;
    let mandate = cast.mandate.as_ref();
    let casting = Casting { vote, head, person: &cast.person, area_dm2: *area_dm2, public_key, mandate };
    let Some((building, mandated)) = roll::mark_voted(tx.conn(), &casting, now).await? else {
        return already(tx, cast).await;
    };
    urn::put(tx.conn(), &cast.sealed).await.map_err(|error| {
        let error = crate::Error::from(error);
        // Another voter's key: the constraint spoke, and the mark on the roll goes with the refusal.
        if error.is_unique_violation() { Refusal::KeyReused.into() } else { error }
    })?;
    if mandated {
        let stored = store::find(tx.conn(), vote).await?.ok_or(Error::NotFound)?;
        match &cast.mandate {
            Some(mandate) => mandates::used(tx, &stored, mandate, &cast.person).await?,
            None => mandates::overtaken(tx, &stored, head, cast.person.as_str()).await?,
        }
    }
    // Points reward who takes part, not who carries another's ballot.
    let verb = if cast.mandate.is_some() { "cast_by_mandate" } else { "cast" };
    let event = Event { room: ROOM, verb, area: &building, subject: vote.as_str(), payload: json!({}) };
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
    let vote = announced(tx.conn(), id).await?;
    if cast.mandate.is_some() {
        return match same_as_cast(tx, cast).await? {
            Some(true) => Ok(Some(receipt(cast))),
            Some(false) => Err(Refusal::KeyReused.into()),
            None if vote.phase(now) == Phase::Announced => Err(Refusal::VoteNotOpen.into()),
            None if vote.phase(now) != Phase::Open => Err(Refusal::VoteClosed.into()),
            None if amend::has_paper(tx.conn(), id, head).await? => Err(Refusal::PaperReceived.into()),
            None => Err(Refusal::NoMandate.into()),
        };
    }
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
    let on_paper = amend::has_paper(tx.conn(), id, head).await?;
    Err(match vote.phase(now) {
        Phase::Announced => Refusal::VoteNotOpen,
        Phase::Open if on_paper => Refusal::PaperReceived,
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

/// A ballot that was read off a paper and settled.
pub(super) struct OnPaper<'a> {
    /// Who settled it.
    pub caller: &'a Caller,
    pub vote: &'a Vote,
    pub head: &'a str,
    pub area_dm2: i64,
    pub choices: Choices,
    pub ids: &'a Ids,
}

/// Puts a paper's ballot into the urn, sealed like any other: nobody keeps its receipt, which would lead to it.
/// False when the head has voted before.
///
/// # Errors
/// `Internal` when the urn's public key is none.
pub(super) async fn put_paper(tx: &mut Tx, paper: OnPaper<'_>) -> Result<bool> {
    let OnPaper { caller, vote, head, area_dm2, choices, ids } = paper;
    let (now, late) = (tx.now(), vote.rules().paper_hours * HOUR);
    let marked = amend::mark_paper(tx.conn(), (&vote.id, head), area_dm2, now, late).await?;
    let Some(building) = marked else { return Ok(false) };
    let key = hex::encode(tx.random::<16>());
    let code = receipt_code(&vote.id, &key);
    let (id, counted) = (sealed_id(&vote.id, &code), counted_id(&vote.id, &code));
    let mark = mark_of(&key, &choices);
    let urn = vote.public_key.as_deref().unwrap_or_default();
    let envelope = Content { counted, area_dm2, choices }.seal(ids, urn, &vote.id, &id)?;
    let head_of = (vote.secrecy() == Secrecy::Signed).then(|| head.to_owned());
    urn::put(tx.conn(), &Sealed { vote: vote.id.clone(), id, envelope, mark, head: head_of }).await?;
    mandates::overtaken(tx, vote, head, PAPER).await?;
    let voter = amend::voter(tx.conn(), &vote.id, head).await?;
    let payload = json!({ "channel": PAPER, "head": head });
    let entered = Event { room: ROOM, verb: "cast_on_paper", area: &building, subject: vote.id.as_str(), payload };
    events::record(tx, caller, entered).await?;
    // Points reward who takes part: where nobody is named, nobody can be said to.
    if let Some(voter) = voter {
        let payload = json!({ "channel": PAPER });
        let event = Event { room: ROOM, verb: "cast", area: &building, subject: vote.id.as_str(), payload };
        events::record_as(tx, voter.as_str(), event).await?;
    }
    tx.change(topic(&vote.id));
    Ok(true)
}
