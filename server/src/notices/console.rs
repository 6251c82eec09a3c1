//! The workers' side: list, one notice, how far it has come, the list as a workbook.

use super::render;
use super::store::lists;
use super::store::{self, Notice, deliveries, replies};
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::listing::{self, EXPORTED, Filter, OFFERED, named_areas};
use crate::people;
use crate::sheets::{Cell, workbook};
use contract::ids::NoticeId;
use contract::notices::{NoticeDetail, NoticeFilter, NoticeLine, NoticeState, Progress, Version};
use contract::people::AreaName;
use contract::{Error as Told, Page, PageRequest};
use sqlx::AnyConnection;

/// Notices in the caller's areas, newest first, drafts included.
///
/// # Errors
/// `SignIn`, `SecondFactor`, `Forbidden`.
pub async fn console_list(caller: &Caller, core: &Core, filter: NoticeFilter) -> Result<Page<NoticeLine>> {
    let limit = PageRequest::default().limit();
    let mut conn = core.db.read().await?;
    let notices = inside(caller, &mut conn, &filter, limit + 1).await?;
    let page = Page::from_overfetch(notices, limit, |notice| notice.id.to_string());
    Ok(Page { rows: lines(&mut conn, page.rows).await?, next: page.next })
}

/// Rows with how many have read each; asked for together.
async fn lines(conn: &mut AnyConnection, notices: Vec<Notice>) -> Result<Vec<NoticeLine>> {
    let out = notices.iter().filter(|notice| notice.state().is_out()).map(|notice| &notice.id);
    let read = deliveries::read_of(conn, &out.collect::<Vec<_>>()).await?;
    let line = |notice: Notice| NoticeLine {
        recipients: notice.recipients.unwrap_or(0),
        read: read.get(&notice.id).copied().unwrap_or(0),
        notice: notice.summary(),
    };
    Ok(notices.into_iter().map(line).collect())
}

/// The texts of an exported list, in the reader's language.
#[derive(Clone, Debug)]
pub struct ListTexts {
    /// The sheet's name.
    pub sheet: String,
    /// Title, place, state, version, moment, recipients, read: the columns' heads.
    pub heads: [String; 7],
    /// The name of each state, in the order of [`NoticeState::ALL`].
    pub states: [String; 5],
}

/// The same list, all pages of it (10,000 notices at most), as XLSX.
///
/// # Errors
/// As [`console_list`].
pub async fn export_list(caller: &Caller, core: &Core, filter: NoticeFilter, texts: ListTexts) -> Result<Vec<u8>> {
    let mut conn = core.db.read().await?;
    let filter = NoticeFilter { after: None, ..filter };
    let notices = inside(caller, &mut conn, &filter, EXPORTED).await?;
    let row = |NoticeLine { notice, recipients, read }: NoticeLine| {
        vec![
            notice.title.into(),
            notice.area_name.into(),
            Cell::named(&texts.states, &NoticeState::ALL, &notice.state),
            notice.version.into(),
            Cell::minute(notice.at),
            recipients.into(),
            read.into(),
        ]
    };
    let rows: Vec<Vec<Cell>> = lines(&mut conn, notices).await?.into_iter().map(row).collect();
    workbook(&texts.sheet, &texts.heads, &rows)
}

/// Notices in all areas that the caller may list; the areas never overlap.
async fn inside(caller: &Caller, conn: &mut AnyConnection, filter: &NoticeFilter, limit: i64) -> Result<Vec<Notice>> {
    let mut notices = Vec::new();
    for area in listing::areas(caller, Verb::NoticesList, filter.area().as_ref())? {
        let filter = Filter {
            area: &area,
            search: &filter.search,
            state: filter.state().map_or("", NoticeState::code),
            before: filter.after.as_deref().unwrap_or_default(),
        };
        notices.extend(lists::inside(conn, &filter, limit).await?);
    }
    Ok(listing::newest(notices, limit, |notice| notice.id.as_str()))
}

/// The areas that the caller's notices are for, in the order of their ids: what the list can be narrowed to.
///
/// # Errors
/// As [`console_list`].
pub async fn listed_areas(caller: &Caller, core: &Core) -> Result<Vec<AreaName>> {
    caller.allow_somewhere(Verb::NoticesList)?;
    let mut conn = core.db.read().await?;
    let mut found = Vec::new();
    for own in caller.areas(Verb::NoticesList) {
        let areas = named_areas(&mut conn, lists::AREAS, &own, OFFERED).await?;
        found.extend(areas.into_iter().map(|(id, name)| AreaName { id, name }));
    }
    Ok(found)
}

/// A notice that the caller may look at.
///
/// # Errors
/// `NotFound`; `Forbidden` outside the caller's areas.
pub(super) async fn listed(caller: &Caller, conn: &mut AnyConnection, verb: Verb, notice: &NoticeId) -> Result<Notice> {
    caller.allow_somewhere(verb)?;
    let notice = store::find(conn, notice).await?.ok_or(Told::NotFound)?;
    caller.allow(verb, &notice.area)?;
    Ok(notice)
}

/// One notice in whole.
///
/// # Errors
/// `NotFound`; `Forbidden` outside the caller's areas.
pub async fn detail(caller: &Caller, core: &Core, notice: &NoticeId) -> Result<NoticeDetail> {
    let mut conn = core.db.read().await?;
    let notice = listed(caller, &mut conn, Verb::NoticesList, notice).await?;
    whole(&mut conn, notice).await
}

/// A stored notice with its texts, its counts, its names.
pub(super) async fn whole(conn: &mut AnyConnection, notice: Notice) -> Result<NoticeDetail> {
    let (audience, channels) = (notice.audience(), notice.outside());
    let mut buildings = Vec::with_capacity(audience.buildings.len());
    for building in audience.buildings {
        let known = people::area(conn, &building).await?;
        buildings.push(known.unwrap_or_else(|| AreaName { name: building.to_string(), id: building }));
    }
    Ok(NoticeDetail {
        buildings,
        group: audience.group,
        tag: audience.tag,
        channels,
        versions: versions(conn, &notice.id).await?,
        reason: notice.reason.clone(),
        progress: count(conn, &notice).await?,
        answered: replies::count(conn, &notice.id).await?,
        purged: notice.is_purged(),
        notice: notice.summary(),
    })
}

/// Every version's text as it is shown, newest first.
pub(super) async fn versions(conn: &mut AnyConnection, notice: &NoticeId) -> Result<Vec<Version>> {
    let rows = store::versions(conn, notice).await?.into_iter();
    let shown = rows.map(|row| Version {
        version: row.version,
        html: render::html(&row.body),
        title: row.title,
        change: row.change,
        at: row.at,
    });
    Ok(shown.collect())
}

async fn count(conn: &mut AnyConnection, notice: &Notice) -> Result<Progress> {
    let channels = deliveries::counts(conn, &notice.id, notice.version).await?;
    let app = channels.first();
    Ok(Progress {
        recipients: app.map_or(0, contract::notices::ChannelCounts::all),
        read: app.map_or(0, |app| app.of(contract::notices::Delivery::Read)),
        channels,
    })
}

/// How far a notice has come. Changes are announced as [`super::topic`].
///
/// # Errors
/// As [`detail`].
pub async fn progress(caller: &Caller, core: &Core, notice: &NoticeId) -> Result<Progress> {
    let mut conn = core.db.read().await?;
    let notice = listed(caller, &mut conn, Verb::NoticesList, notice).await?;
    count(&mut conn, &notice).await
}
