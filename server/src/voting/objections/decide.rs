//! Deciding an objection.

use super::change::{self, Change};
use super::store::{self, End, Row};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use crate::inbox::{self, NewNote};
use crate::people;
use crate::voting::store::{self as votes, Vote};
use crate::voting::{ROOM, topic};
use contract::ids::{PersonId, VoteId};
use contract::voting::{Decision, DecisionForm, Ground, ObjectionState, Stage};
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
/// `Required` where the registry cannot say it); `NotFound`; `Forbidden`, also for one's own objection;
/// [`Refusal::Stale`] when it is decided already; [`Refusal::RollClosed`] once the poll is open;
/// [`Refusal::NotOnRoll`], [`Refusal::AlreadyOnRoll`] for the person concerned.
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
        let change = asked(tx, deciding, &row).await?;
        change::apply(tx, caller, &vote, &row.id, change).await?;
    }
    tell(tx, &vote, &row, state).await?;
    let payload = json!({ "objection": row.id, "state": state, "reason": decision.reason });
    let event = Event { room: ROOM, verb: "objection_decide", area: &vote.area, subject: vote.id.as_str(), payload };
    events::record(tx, caller, event).await?;
    tx.change(topic(&vote.id));
    Ok(vote.id)
}

/// What a granted objection asks for.
async fn asked(tx: &mut Tx, deciding: &Deciding, row: &Row) -> Result<Change> {
    let other = match &deciding.phone {
        Some(index) => Some(person_of(tx, index).await?),
        None => None,
    };
    let concerned = other.clone().unwrap_or_else(|| row.person.clone());
    let Decision { area_dm2, head, .. } = &deciding.decision;
    let (area_dm2, head) = (*area_dm2, head.clone());
    Ok(match row.ground() {
        Ground::Missing => Change::Add { person: concerned, area_dm2 },
        Ground::WrongArea => {
            let area_dm2 = area_dm2.ok_or_else(|| crate::Error::field("area", Issue::Required))?;
            Change::Area { person: concerned, head, area_dm2 }
        }
        Ground::WrongVoter => {
            let to = other.ok_or_else(|| crate::Error::field("phone", Issue::Required))?;
            Change::Voter { from: row.person.clone(), head, to }
        }
        _ => Change::Remove { person: concerned, head },
    })
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
