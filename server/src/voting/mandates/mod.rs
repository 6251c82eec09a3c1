//! Mandates: an owner has somebody else cast the ballot of one head in one vote.
//!
//! The owner names the agent and shows the signed mandate, or brings it to the desk where a worker enters it.
//! A head has one agent and an agent as many mandates as the rules allow; both are unique slots, so that any
//! number of tries at once leaves no more. It ends when the owner takes it back, when the ballot is cast by
//! the agent, or when the owner casts it: the mark on the roll decides which came first; and when the head's
//! ballot is no more the owner's to cast. An agent holds the ballot, not the mandate: nobody can pass one on.

mod desk;
mod give;
mod own;
pub(in crate::voting) mod store;

pub use desk::{MandateTexts, export_mandates, mandates};
pub use give::{give_at_desk, give_mandate, revoke_mandate};
pub use own::{mandate_paper, mandate_photo, own_mandates};

use super::store::{Vote, roll};
use super::{ROOM, topic};
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::inbox::{self, NewNote};
use contract::Refusal;
use contract::ids::{MandateId, PersonId};
use contract::voting::MandateState;
use serde_json::json;
use store::Row;

/// Marks the mandate by which `agent` has just cast a head's ballot as used. The ballot and this go into the
/// urn together or not at all.
///
/// # Errors
/// [`Refusal::NoMandate`] when it is not active any more.
pub(super) async fn used(tx: &mut Tx, vote: &Vote, id: &MandateId, agent: &PersonId) -> Result<()> {
    let row = store::find(tx.conn(), id).await?.filter(|row| row.agent == *agent && row.vote == vote.id);
    let row = row.ok_or(Refusal::NoMandate)?;
    if !end(tx, vote, &row, MandateState::Used, agent.as_str()).await? {
        return Err(Refusal::NoMandate.into());
    }
    tell(tx, vote, &row, &row.owner, MandateState::Used).await
}

/// Ends a head's mandate because its owners have voted themselves, online or on paper.
pub(super) async fn overtaken(tx: &mut Tx, vote: &Vote, head: &str, actor: &str) -> Result<()> {
    let Some(row) = store::active_of(tx.conn(), &vote.id, head).await? else { return Ok(()) };
    lapse(tx, vote, &row, actor).await
}

/// Ends a head's mandate when its owner casts the head's ballot no more: another was named, or the roll changed.
pub(super) async fn outlived(tx: &mut Tx, vote: &Vote, head: &str, actor: &str) -> Result<()> {
    let Some(row) = store::active_of(tx.conn(), &vote.id, head).await? else { return Ok(()) };
    let entries = roll::entries(tx.conn(), &vote.id, &row.owner).await?;
    if entries.iter().any(|entry| entry.head == head && entry.may_vote) {
        return Ok(());
    }
    lapse(tx, vote, &row, actor).await
}

/// Ends a mandate whose owner and agent turned out to be one person.
pub(super) async fn moot(tx: &mut Tx, vote: &Vote, id: &MandateId, actor: &str) -> Result<()> {
    let row = store::find(tx.conn(), id).await?.ok_or(Refusal::NoMandate)?;
    end(tx, vote, &row, MandateState::Ended, actor).await.map(drop)
}

async fn lapse(tx: &mut Tx, vote: &Vote, row: &Row, actor: &str) -> Result<()> {
    end(tx, vote, row, MandateState::Ended, actor).await?;
    tell(tx, vote, row, &row.agent, MandateState::Ended).await?;
    tell(tx, vote, row, &row.owner, MandateState::Ended).await
}

/// Ends an active mandate and says so in the log; false when it was none any more.
async fn end(tx: &mut Tx, vote: &Vote, row: &Row, state: MandateState, actor: &str) -> Result<bool> {
    let now = tx.now();
    if !store::end(tx.conn(), &row.id, state, now).await? {
        return Ok(false);
    }
    record(tx, vote, row, state, actor).await?;
    Ok(true)
}

async fn record(tx: &mut Tx, vote: &Vote, row: &Row, state: MandateState, actor: &str) -> Result<()> {
    let payload = json!({ "mandate": row.id, "head": row.head, "agent": row.agent, "state": state });
    let event = Event { room: ROOM, verb: "mandate", area: &vote.area, subject: vote.id.as_str(), payload };
    events::record_as(tx, actor, event).await?;
    tx.change(topic(&vote.id));
    Ok(())
}

/// Tells one of the two what became of a mandate.
async fn tell(tx: &mut Tx, vote: &Vote, row: &Row, person: &PersonId, state: MandateState) -> Result<()> {
    let side = if *person == row.agent { "agent" } else { "owner" };
    let note = NewNote {
        kind: format!("voting.note.mandate.{side}.{}", state.code()),
        params: [("title".to_owned(), vote.title.clone())].into(),
        link: format!("/voting/{}/mandates", vote.id),
        unique_key: format!("voting/mandate/{}/{}", row.id, state.code()),
    };
    inbox::send(tx, person, &note).await.map(drop)
}
