//! Drafts: what a worker writes before the roll is frozen.

use super::ROOM;
use super::store::{self, Vote};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::files::FileName;
use crate::identity::{Caller, Verb};
use crate::people;
use contract::ids::VoteId;
use contract::voting::{DraftForm, DraftItem, DraftVote, Item, ItemOption, OptionDraft};
use contract::{Error, Issue, Refusal};
use serde_json::json;
use sqlx::AnyConnection;

/// Stores a new draft; the same form sent again gives the same vote.
///
/// # Errors
/// `Invalid` by the form's field names; `Forbidden` outside the caller's areas.
pub async fn draft(caller: &Caller, core: &Core, form: DraftForm) -> Result<VoteId> {
    let draft = checked(caller, &form)?;
    let key = format!("{}/{}", caller.actor(), form.key);
    core.db
        .write((caller.clone(), draft, key), |tx, (caller, draft, key)| Box::pin(insert(tx, caller, draft, key)))
        .await
}

async fn insert(tx: &mut Tx, caller: &Caller, draft: &DraftVote, key: &str) -> Result<VoteId> {
    let area_name = name_of_area(tx, draft).await?;
    let id: VoteId = tx.id();
    let [a, b, c, d, e] = tx.random::<5>();
    let short = i64::from_be_bytes([0, 0, 0, a, b, c, d, e]);
    let stored = store::insert_draft(tx.conn(), (&id, key, short), draft, &area_name).await?;
    if stored == id {
        store::paper::replace(tx.conn(), &id, &draft.items).await?;
        record(tx, caller, draft, &id, "draft").await?;
    }
    Ok(stored)
}

/// Changes a draft.
///
/// # Errors
/// As [`draft`]; `NotFound`; [`Refusal::WrongState`] once it is announced.
pub async fn edit(caller: &Caller, core: &Core, vote: &VoteId, form: DraftForm) -> Result<()> {
    let draft = checked(caller, &form)?;
    core.db
        .write((caller.clone(), draft, vote.clone()), |tx, (caller, draft, id)| Box::pin(update(tx, caller, draft, id)))
        .await
}

async fn update(tx: &mut Tx, caller: &Caller, draft: &DraftVote, id: &VoteId) -> Result<()> {
    let stored = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    caller.allow(Verb::VotingOrganise, &stored.area)?;
    let area_name = name_of_area(tx, draft).await?;
    if !store::update_draft(tx.conn(), id, draft, &area_name).await? {
        return Err(Refusal::WrongState.into());
    }
    store::paper::replace(tx.conn(), id, &draft.items).await?;
    record(tx, caller, draft, id, "edit").await
}

/// A stored draft as the form that made it.
///
/// # Errors
/// `NotFound`; `Forbidden` outside the caller's areas; [`Refusal::WrongState`] once it is announced.
pub async fn draft_form(caller: &Caller, core: &Core, vote: &VoteId) -> Result<DraftForm> {
    let mut conn = core.db.read().await?;
    let stored = organised(caller, &mut conn, vote).await?;
    if stored.state != "draft" {
        return Err(Refusal::WrongState.into());
    }
    as_form(&mut conn, stored).await
}

/// A vote of any state as the form of a new one. Dates are left to be chosen.
///
/// # Errors
/// `NotFound`; `Forbidden` outside the caller's areas.
pub async fn copy_form(caller: &Caller, core: &Core, vote: &VoteId) -> Result<DraftForm> {
    let mut conn = core.db.read().await?;
    let stored = organised(caller, &mut conn, vote).await?;
    let form = as_form(&mut conn, stored).await?;
    Ok(DraftForm { opens_at: String::new(), closes_at: String::new(), ..form })
}

async fn organised(caller: &Caller, conn: &mut AnyConnection, vote: &VoteId) -> Result<Vote> {
    caller.allow_somewhere(Verb::VotingOrganise)?;
    let stored = store::find(conn, vote).await?.ok_or(Error::NotFound)?;
    caller.allow(Verb::VotingOrganise, &stored.area)?;
    Ok(stored)
}

async fn as_form(conn: &mut AnyConnection, stored: Vote) -> Result<DraftForm> {
    let items = store::items(conn, &stored.id).await?;
    let option =
        |option: ItemOption| OptionDraft { name: option.name, statement: option.statement, photo: option.photo };
    let item = |item: Item| DraftItem {
        kind: item.kind,
        title: item.title,
        text: item.text,
        most: item.most,
        majority: item.majority,
        clause: item.clause,
        options: item.options.into_iter().map(option).collect(),
    };
    let draft = DraftVote {
        kind: stored.kind(),
        secrecy: stored.secrecy(),
        unit: stored.unit(),
        title: stored.title,
        area: stored.area,
        opens_at: stored.opens_at,
        closes_at: stored.closes_at,
        items: items.into_iter().map(item).collect(),
    };
    Ok(draft.form())
}

/// The draft that was typed, if the caller may organise there and its photos are files of ours.
fn checked(caller: &Caller, form: &DraftForm) -> Result<DraftVote> {
    caller.allow_somewhere(Verb::VotingOrganise)?;
    let draft = form.parse()?;
    caller.allow(Verb::VotingOrganise, &draft.area)?;
    for (row, photo) in form.candidate_photo.iter().enumerate() {
        if !photo.trim().is_empty() && photo.trim().parse::<FileName>().is_err() {
            return Err(crate::Error::field(&format!("candidate_photo.{row}"), Issue::FileKind));
        }
    }
    Ok(draft)
}

async fn name_of_area(tx: &mut Tx, draft: &DraftVote) -> Result<String> {
    let names = people::trail_names(tx.conn(), &draft.area).await?;
    let known = names.last().is_some_and(|last| last.id == draft.area);
    if !known {
        return Err(crate::Error::field("area", Issue::Unknown));
    }
    // From the compound inwards: `龙北小区` or `龙北小区 2幢`.
    let compound = contract::area::AreaKind::Compound;
    let inner: Vec<String> = names.into_iter().filter(|area| area.kind() >= compound).map(|area| area.name).collect();
    Ok(inner.join(" "))
}

async fn record(tx: &mut Tx, caller: &Caller, draft: &DraftVote, id: &VoteId, verb: &'static str) -> Result<()> {
    let payload = json!({
        "kind": draft.kind, "secrecy": draft.secrecy, "unit": draft.unit, "items": draft.items.len(),
        "opens_at": draft.opens_at, "closes_at": draft.closes_at,
    });
    let event = Event { room: ROOM, verb, area: &draft.area, subject: id.as_str(), payload };
    events::record(tx, caller, event).await?;
    Ok(())
}
