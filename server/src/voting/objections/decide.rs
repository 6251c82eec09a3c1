//! Deciding an objection.

use super::change::{self, Change};
use super::missing;
use super::store::{self, End, Row};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::inbox::{self, NewNote};
use crate::people;
use crate::voting::record;
use crate::voting::store::{self as votes, Vote, roll};
use contract::ids::{ObjectionId, PersonId, VoteId};
use contract::voting::{Decision, DecisionForm, Ground, ObjectionState, RollEntry, Stage};
use contract::{Error, Issue, Refusal};
use serde_json::json;

struct Deciding {
    caller: Caller,
    decision: Decision,
    /// The blind index of the phone that was typed.
    phone: Option<String>,
}

/// Decides an open objection, and changes the roll when it is granted against it: an owner who is missing is
/// listed, an area corrected, another co-owner named, or a head taken off. The author is told.
///
/// # Errors
/// `Invalid` by the form's fields (`phone`: `Unknown` for nobody of the registry or more than one; `area`:
/// `Required` where only a worker can say it; `head`: `Required` when several heads may be meant and none is named,
/// `Unknown` for one that is not of the person concerned); `NotFound`; `Forbidden`, also for one's own objection;
/// [`Refusal::Stale`] when it is decided already; [`Refusal::RollClosed`] once the poll is open;
/// [`Refusal::NotOnRoll`], [`Refusal::AlreadyOnRoll`], [`Refusal::NothingRegistered`] for the person concerned.
pub async fn decide_objection(caller: &Caller, core: &Core, form: DecisionForm) -> Result<VoteId> {
    caller.allow_somewhere(Verb::VotingObjections)?;
    let decision = form.parse()?;
    let phone = decision.phone.as_deref().map(|phone| people::phone_index(&core.keys, phone));
    let deciding = Deciding { caller: caller.clone(), decision, phone };
    core.db.write(deciding, |tx, deciding| Box::pin(decide(tx, deciding))).await
}

async fn decide(tx: &mut Tx, deciding: &Deciding) -> Result<VoteId> {
    let Deciding { caller, decision, .. } = deciding;
    let row = store::find(tx.conn(), &decision.objection).await?.ok_or(Error::NotFound)?;
    let vote = votes::find(tx.conn(), &row.vote).await?.ok_or(Error::NotFound)?;
    caller.allow(Verb::VotingObjections, &vote.area)?;
    if caller.person.as_ref() == Some(&row.person) {
        return Err(Error::Forbidden.into());
    }
    let state = if decision.granted { ObjectionState::Granted } else { ObjectionState::Refused };
    let end = End { state, reason: Some(&decision.reason), by: caller.actor(), at: tx.now() };
    if !store::end(tx.conn(), &row.id, &end).await? {
        return Err(Refusal::Stale.into());
    }
    if decision.granted && row.ground().stage() == Stage::Roll {
        let change = asked(tx, deciding, &vote, &row).await?;
        change::apply(tx, caller, &vote, (&row.id, &decision.reason), change).await?;
    }
    tell(tx, &vote, &row, state).await?;
    let payload = json!({ "objection": row.id, "state": state, "reason": decision.reason });
    record(tx, caller, &vote, "objection_decide", payload).await?;
    Ok(vote.id)
}

/// What a granted objection asks for.
async fn asked(tx: &mut Tx, deciding: &Deciding, vote: &Vote, row: &Row) -> Result<Change> {
    let other = match &deciding.phone {
        Some(index) => Some(person_of(tx, index).await?),
        None => None,
    };
    let Decision { area_dm2, head, .. } = &deciding.decision;
    let meant = async |tx: &mut Tx, person: &PersonId| meant(tx, vote, row, (person, head.as_deref())).await;
    let concerned = other.as_ref().unwrap_or(&row.person);
    Ok(match row.ground() {
        Ground::Missing => Change::List(missing::heads(tx, vote, concerned, *area_dm2).await?),
        Ground::WrongArea => {
            let area_dm2 = area_dm2.ok_or_else(|| crate::Error::field("area", Issue::Required))?;
            Change::Area { head: meant(tx, concerned).await?, area_dm2 }
        }
        Ground::WrongVoter => {
            let to = other.clone().ok_or_else(|| crate::Error::field("phone", Issue::Required))?;
            Change::Voter { head: meant(tx, &row.person).await?, to }
        }
        _ => Change::Remove { head: meant(tx, concerned).await?, person: concerned.clone() },
    })
}

/// The head of a person that is changed: the one that the worker named, else the one that the author did, else
/// the only one. Where several are left nothing is guessed.
async fn meant(tx: &mut Tx, vote: &Vote, row: &Row, (person, named): (&PersonId, Option<&str>)) -> Result<String> {
    let own = roll::entries(tx.conn(), &vote.id, person).await?;
    let is_own = |head: &&str| own.iter().any(|entry| entry.head == **head);
    match (named, own.as_slice()) {
        (_, []) => Err(Refusal::NotOnRoll.into()),
        (Some(head), _) => {
            let head = Some(head).filter(is_own).ok_or_else(|| crate::Error::field("head", Issue::Unknown))?;
            Ok(head.to_owned())
        }
        (None, _) if is_own(&row.head.as_str()) => Ok(row.head.clone()),
        (None, [only]) => Ok(only.head.clone()),
        (None, _) => Err(crate::Error::field("head", Issue::Required)),
    }
}

/// The heads that a decision can change: the author's, and those of the person with the phone that was typed.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub async fn objection_heads(
    caller: &Caller,
    core: &Core,
    id: &ObjectionId,
    phone: Option<&str>,
) -> Result<Vec<RollEntry>> {
    caller.allow_somewhere(Verb::VotingObjections)?;
    let mut conn = core.db.read().await?;
    let row = store::find(&mut conn, id).await?.ok_or(Error::NotFound)?;
    let vote = votes::find(&mut conn, &row.vote).await?.ok_or(Error::NotFound)?;
    caller.allow(Verb::VotingObjections, &vote.area)?;
    let mut persons = vec![row.person];
    if let Some(phone) = phone {
        let known = people::by_phone_index(&mut conn, &people::phone_index(&core.keys, phone.trim())).await?;
        persons.extend(known.into_iter().map(|known| known.id));
    }
    let mut heads: Vec<RollEntry> = Vec::new();
    for person in &persons {
        for entry in roll::entries(&mut conn, &vote.id, person).await? {
            if heads.iter().all(|known| known.head != entry.head) {
                heads.push(entry);
            }
        }
    }
    Ok(heads)
}

/// The one person of the registry with this phone.
async fn person_of(tx: &mut Tx, index: &str) -> Result<PersonId> {
    match people::by_phone_index(tx.conn(), index).await?.as_slice() {
        [one] => Ok(one.id.clone()),
        _ => Err(crate::Error::field("phone", Issue::Unknown)),
    }
}

async fn tell(tx: &mut Tx, vote: &Vote, row: &Row, state: ObjectionState) -> Result<()> {
    let note = NewNote {
        kind: format!("voting.note.objection.{}", state.code()),
        params: [("title".to_owned(), vote.title.clone())].into(),
        link: format!("/voting/{}/objections", vote.id),
        unique_key: format!("voting/objection/{}", row.id),
    };
    inbox::send(tx, &row.person, &note).await.map(drop)
}
