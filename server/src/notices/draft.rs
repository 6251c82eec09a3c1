//! Drafts: what a worker writes before anybody is told.

use super::ROOM;
use super::store::{self, Notice, VersionRow};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::files::FileName;
use crate::identity::{Caller, Verb};
use crate::people;
use bytes::Bytes;
use contract::area::AreaKind;
use contract::ids::NoticeId;
use contract::notices::{NoticeDraft, NoticeForm, NoticeState};
use contract::people::AreaName;
use contract::{Error, Issue, Refusal};
use serde_json::json;
use sqlx::AnyConnection;
use std::collections::VecDeque;

/// Most places offered: a select with more helps nobody.
const MOST: usize = 400;

/// Stores a new draft; the same form sent again gives the same notice.
///
/// # Errors
/// `Invalid` by the form's field names; `Forbidden` outside the caller's areas.
pub async fn draft(caller: &Caller, core: &Core, form: NoticeForm) -> Result<NoticeId> {
    let draft = checked(caller, core, &form)?;
    let key = format!("{}/{}", caller.actor(), form.key);
    core.db
        .write((caller.clone(), draft, key), |tx, (caller, draft, key)| Box::pin(insert(tx, caller, draft, key)))
        .await
}

async fn insert(tx: &mut Tx, caller: &Caller, draft: &NoticeDraft, key: &str) -> Result<NoticeId> {
    let area_name = name_of_area(tx, draft).await?;
    let id: NoticeId = tx.id();
    let stored = store::insert_draft(tx.conn(), (&id, key), draft, &area_name).await?;
    if stored == id {
        write(tx, caller, draft, &id, "draft").await?;
    }
    Ok(stored)
}

/// Changes a draft.
///
/// # Errors
/// As [`draft`]; `NotFound`; [`Refusal::NoticeState`] once it is scheduled or sent.
pub async fn edit(caller: &Caller, core: &Core, notice: &NoticeId, form: NoticeForm) -> Result<()> {
    let draft = checked(caller, core, &form)?;
    core.db
        .write((caller.clone(), draft, notice.clone()), |tx, (caller, draft, id)| {
            Box::pin(update(tx, caller, draft, id))
        })
        .await
}

async fn update(tx: &mut Tx, caller: &Caller, draft: &NoticeDraft, id: &NoticeId) -> Result<()> {
    own(caller, tx.conn(), id).await?;
    let area_name = name_of_area(tx, draft).await?;
    if !store::update_draft(tx.conn(), id, draft, &area_name).await? {
        return Err(Refusal::NoticeState.into());
    }
    write(tx, caller, draft, id, "edit").await
}

/// The text as the first version, and the event.
async fn write(tx: &mut Tx, caller: &Caller, draft: &NoticeDraft, id: &NoticeId, verb: &'static str) -> Result<()> {
    let (title, body, at) = (draft.title.clone(), draft.body.clone(), tx.now());
    store::put_version(tx.conn(), id, &VersionRow { version: 1, title, body, change: String::new(), at }).await?;
    let payload = json!({
        "group": draft.audience.group, "tag": draft.audience.tag, "buildings": draft.audience.buildings,
        "channels": draft.channels, "urgent": draft.urgent, "public": draft.public,
    });
    let event = Event { room: ROOM, verb, area: &draft.audience.area, subject: id.as_str(), payload };
    events::record(tx, caller, event).await.map(drop)
}

/// A notice that the caller may write.
///
/// # Errors
/// `NotFound`; `Forbidden` outside the caller's areas.
pub(super) async fn own(caller: &Caller, conn: &mut AnyConnection, id: &NoticeId) -> Result<Notice> {
    caller.allow_somewhere(Verb::NoticesSend)?;
    let notice = store::find(conn, id).await?.ok_or(Error::NotFound)?;
    caller.allow(Verb::NoticesSend, &notice.area)?;
    Ok(notice)
}

/// A stored draft as the form that made it.
///
/// # Errors
/// `NotFound`; `Forbidden` outside the caller's areas; [`Refusal::NoticeState`] once it is no draft.
pub async fn draft_form(caller: &Caller, core: &Core, notice: &NoticeId) -> Result<NoticeForm> {
    let mut conn = core.db.read().await?;
    let stored = own(caller, &mut conn, notice).await?;
    if stored.state() != NoticeState::Draft {
        return Err(Refusal::NoticeState.into());
    }
    let body = store::versions(&mut conn, notice).await?.into_iter().next().map(|row| row.body).unwrap_or_default();
    let draft = NoticeDraft {
        body,
        audience: stored.audience(),
        channels: stored.outside(),
        public: stored.public == 1,
        urgent: stored.urgent == 1,
        replies: stored.replies == 1,
        title: stored.title,
    };
    Ok(draft.form())
}

/// The places that the caller may write for, from their own areas down to buildings, each after what it lies
/// in and buildings named with their compound. The first 400.
///
/// # Errors
/// `SignIn`, `SecondFactor`, `Forbidden`.
pub async fn places(caller: &Caller, core: &Core) -> Result<Vec<AreaName>> {
    caller.allow_somewhere(Verb::NoticesSend)?;
    let mut conn = core.db.read().await?;
    let (mut found, mut ahead) = (Vec::new(), VecDeque::new());
    for area in caller.areas(Verb::NoticesSend) {
        ahead.extend(people::area(&mut conn, &area).await?);
    }
    while let Some(area) = ahead.pop_front().filter(|_| found.len() < MOST) {
        if area.kind() < AreaKind::Building {
            let inside = people::children(&mut conn, &area.id).await?;
            let named = |inner: AreaName| match area.kind() {
                AreaKind::Compound => AreaName { name: format!("{} {}", area.name, inner.name), ..inner },
                _ => inner,
            };
            ahead.extend(inside.into_iter().map(named));
        }
        found.push(area);
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(found)
}

/// Keeps a picture for a notice and gives its name.
///
/// # Errors
/// `SignIn`, `SecondFactor`, `Forbidden`; as [`crate::files::Files::put_image`].
pub async fn keep_picture(caller: &Caller, core: &Core, picture: Bytes) -> Result<FileName> {
    caller.allow_somewhere(Verb::NoticesSend)?;
    Ok(core.files.put_image(picture).await?.name)
}

/// A notice's picture, a JPEG; none where there is no such file. Pictures are shown with the text, and their
/// names cannot be guessed.
///
/// # Errors
/// Trouble of the store.
pub async fn picture(core: &Core, name: &FileName) -> Result<Option<Bytes>> {
    core.files.get(name).await
}

/// The draft that was typed, if the caller may write there and its channels are set up.
fn checked(caller: &Caller, core: &Core, form: &NoticeForm) -> Result<NoticeDraft> {
    caller.allow_somewhere(Verb::NoticesSend)?;
    let draft = form.parse()?;
    caller.allow(Verb::NoticesSend, &draft.audience.area)?;
    if draft.channels.iter().any(|channel| core.channels.carrier(*channel).is_none()) {
        return Err(crate::Error::field("channels", Issue::Unknown));
    }
    Ok(draft)
}

/// The place as people call it: from the compound inwards `龙北小区 2幢`, else its own name.
async fn name_of_area(tx: &mut Tx, draft: &NoticeDraft) -> Result<String> {
    let area = &draft.audience.area;
    let names = people::trail_names(tx.conn(), area).await?;
    let Some(last) = names.last().filter(|last| last.id == *area) else {
        return Err(crate::Error::field("area", Issue::Unknown));
    };
    if area.kind() < AreaKind::Compound {
        return Ok(last.name.clone());
    }
    let inner = names.into_iter().filter(|area| area.kind() >= AreaKind::Compound).map(|area| area.name);
    Ok(inner.collect::<Vec<_>>().join(" "))
}
