//! The residents' side: what was sent to them, what is for everybody, one notice.

use super::store::lists::{self, Before, Told};
use super::store::{self, Notice, deliveries, replies};
use super::{console, lane, render, rules, topic};
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::inbox;
use contract::area::AreaKind;
use contract::ids::{NoticeId, PersonId};
use contract::notices::{BrowseFilter, Delivery, NoticeState, NoticeView, ReadLine, ReplyState};
use contract::{AreaId, Error, Millis, Page, PageRequest, Role};
use sqlx::AnyConnection;

/// What was sent to the caller, or what is for everybody where they live (for who is not signed in: in the
/// whole city), newest first.
///
/// # Errors
/// `SignIn` for one's own without a session. An account tied to nobody has none.
pub async fn browse(caller: &Caller, core: &Core, filter: BrowseFilter) -> Result<Page<ReadLine>> {
    caller.allow_somewhere(Verb::NoticesBrowse)?;
    let limit = PageRequest::default().limit();
    let before = before(filter.after.as_deref());
    let rows = if filter.is_public() {
        let mut conn = core.db.read().await?;
        lists::public(&mut conn, &home(caller), &before, &filter.search, limit + 1).await?
    } else {
        caller.account()?;
        let Some(person) = &caller.person else { return Ok(Page { rows: Vec::new(), next: None }) };
        let mut conn = core.db.read().await?;
        lists::told(&mut conn, person, &before, filter.unread == "1", &filter.search, limit + 1).await?
    };
    let page = Page::from_overfetch(rows, limit, |row| format!("{}.{}", row.told_at, row.notice.id));
    Ok(page.map(line))
}

fn line(row: Told) -> ReadLine {
    let withdrawn = row.notice.state() == NoticeState::Withdrawn;
    ReadLine {
        notice: row.notice.summary(),
        at: row.told_at,
        excerpt: if withdrawn { String::new() } else { render::excerpt(&row.body) },
        unread: row.unread == 1,
    }
}

/// Where a page begins: before the last row's moment and id.
fn before(after: Option<&str>) -> Before {
    let mark = after.and_then(|after| after.split_once('.'));
    let mark = mark.and_then(|(at, notice)| Some(Before { at: at.parse().ok()?, notice: notice.to_owned() }));
    mark.unwrap_or(Before { at: Millis::MAX, notice: String::new() })
}

/// The community that the caller lives in; the city for who lives nowhere here.
fn home(caller: &Caller) -> AreaId {
    let home = caller.grants.iter().find(|grant| grant.role == Role::Resident);
    let community = home.map(|grant| grant.area.up_to(AreaKind::Community).unwrap_or_else(|| grant.area.clone()));
    community.unwrap_or_else(AreaId::city)
}

/// One notice, for its recipients, for everybody where it is public, and for who works there. A recipient has
/// read it then, unless the page was only fetched ahead (`mark` false).
///
/// # Errors
/// `SignIn` for a visitor where it is not public; `NotFound` for what is unknown, not out yet, or not for the
/// caller.
pub async fn open(caller: &Caller, core: &Core, notice: &NoticeId, mark: bool) -> Result<NoticeView> {
    caller.allow_somewhere(Verb::NoticesBrowse)?;
    let mut conn = core.db.read().await?;
    let stored = store::find(&mut conn, notice).await?.filter(|notice| notice.state().is_out());
    let stored = stored.ok_or(Error::NotFound)?;
    let status = match &caller.person {
        Some(person) => deliveries::heard(&mut conn, notice, stored.version, person).await?,
        None => None,
    };
    let onlooker = stored.public == 1 || caller.allow(Verb::NoticesList, &stored.area).is_ok();
    if status.is_none() && !onlooker {
        caller.account()?;
        return Err(Error::NotFound.into());
    }
    let shown = shown(&mut conn, stored, status, caller.person.as_ref()).await?;
    drop(conn);
    if let (Some(person), true) = (&caller.person, mark && status.is_some_and(|status| status != Delivery::Read)) {
        read(core, notice, shown.notice.version, person).await?;
    }
    Ok(shown)
}

async fn shown(
    conn: &mut AnyConnection,
    stored: Notice,
    status: Option<Delivery>,
    person: Option<&PersonId>,
) -> Result<NoticeView> {
    let withdrawn = stored.state() == NoticeState::Withdrawn;
    let reply = match person {
        Some(person) => match replies::of_person(conn, &stored.id, person).await? {
            Some(reply) => ReplyState::Replied(reply.text, reply.at),
            None if stored.replies == 1 && status.is_some() && !withdrawn => ReplyState::Invited,
            None => ReplyState::NotInvited,
        },
        None => ReplyState::NotInvited,
    };
    let (versions, changes) = match withdrawn {
        true => (Vec::new(), Vec::new()),
        false => (console::versions(conn, &stored.id).await?, changed(conn, &stored.id).await?),
    };
    Ok(NoticeView { versions, changes, reason: stored.reason.clone(), reply, notice: stored.summary() })
}

/// What the newest correction changed in the text.
async fn changed(conn: &mut AnyConnection, notice: &NoticeId) -> Result<Vec<(bool, String)>> {
    let rows = store::versions(conn, notice).await?;
    Ok(match rows.as_slice() {
        [newest, before, ..] => rules::changes(&render::plain(&before.body), &render::plain(&newest.body)),
        _ => Vec::new(),
    })
}

/// Notes that a recipient has read a version; the messages in the inbox about it and those before are read
/// with it.
async fn read(core: &Core, notice: &NoticeId, version: i64, person: &PersonId) -> Result<()> {
    core.db
        .write((notice.clone(), version, person.clone()), |tx, (notice, version, person)| {
            Box::pin(async move {
                let now = tx.now();
                if deliveries::set_read(tx.conn(), notice, *version, person, now).await? {
                    for said in 1..=*version {
                        inbox::read_about(tx, person, &lane::note_key(notice, said)).await?;
                    }
                    tx.change(topic(notice));
                }
                Ok(())
            })
        })
        .await
}
