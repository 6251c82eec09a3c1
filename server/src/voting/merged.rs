//! Two entries of the registry that are one person: on the rolls of votes as well.

use super::store::{self, Vote, amend, merged};
use super::{ROOM, mandates, topic};
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::identity::Caller;
use crate::people;
use contract::Error;
use contract::ids::PersonId;
use serde_json::json;

/// Puts who an entry of the registry became part of in its place: among the members of every head, so that they
/// can act for it, in mandates and in objections. Heads, their areas and with them the roll's hash stay as they
/// were frozen. Where both were members of one head they are one from now on, who votes when nobody else acts for
/// it. A mandate from one of them for the other ends. Every vote concerned has an event of it.
///
/// # Errors
/// The database's own trouble.
pub async fn adopt(tx: &mut Tx, caller: &Caller, lost: &PersonId, kept: &PersonId) -> Result<()> {
    let name = people::find(tx.conn(), kept).await?.map(|known| known.name).unwrap_or_default();
    for (id, area) in merged::votes(tx.conn(), lost).await? {
        let vote = store::find(tx.conn(), &id).await?.ok_or(Error::NotFound)?;
        let (heads, folded) = members(tx, &vote, (lost, kept), &name).await?;
        hand_on_mandates(tx, caller, &vote, (lost, kept)).await?;
        let now = tx.now();
        merged::objections(tx.conn(), &id, (lost, kept), (now, caller.actor())).await?;
        let payload = json!({ "lost": lost, "kept": kept, "heads": heads, "folded": folded });
        let event = Event { room: ROOM, verb: "person_merged", area: &area, subject: id.as_str(), payload };
        events::record(tx, caller, event).await?;
        tx.change(topic(&id));
    }
    Ok(())
}

/// The heads of which the lost entry was a member, and those of them of which both were.
async fn members(
    tx: &mut Tx,
    vote: &Vote,
    (lost, kept): (&PersonId, &PersonId),
    name: &str,
) -> Result<(Vec<String>, Vec<String>)> {
    let (mut heads, mut folded) = (Vec::new(), Vec::new());
    for (head, both) in merged::heads(tx.conn(), &vote.id, (lost, kept)).await? {
        merged::member(tx.conn(), (&vote.id, &head), (lost, kept)).await?;
        if both {
            amend::drop_name(tx.conn(), &vote.id, &head, name).await?;
            amend::settle_rest(tx.conn(), &vote.id, &head).await?;
            folded.push(head.clone());
        }
        heads.push(head);
    }
    Ok((heads, folded))
}

async fn hand_on_mandates(
    tx: &mut Tx,
    caller: &Caller,
    vote: &Vote,
    (lost, kept): (&PersonId, &PersonId),
) -> Result<()> {
    for id in merged::between(tx.conn(), &vote.id, (lost, kept)).await? {
        mandates::moot(tx, vote, &id, caller.actor()).await?;
    }
    merged::owner(tx.conn(), &vote.id, (lost, kept)).await?;
    let mut taken = mandates::store::slots(tx.conn(), &vote.id, kept).await?;
    for (id, slot, takes) in merged::held(tx.conn(), &vote.id, (lost, kept)).await? {
        let slot = match takes && taken.contains(&slot) {
            true => (1..).find(|slot| !taken.contains(slot)).unwrap_or(slot),
            false => slot,
        };
        if takes {
            taken.push(slot);
        }
        merged::agent(tx.conn(), &id, kept, slot).await?;
    }
    Ok(())
}
