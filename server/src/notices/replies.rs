//! Replies, where a notice asks for them.

use super::console::listed;
use super::store::replies::{self, Reply};
use super::store::{self, deliveries};
use super::{ROOM, topic};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use crate::listing::EXPORTED;
use crate::people;
use crate::sheets::{Cell, workbook};
use contract::ids::{NoticeId, PersonId};
use contract::notices::{NoticeState, NoticeSummary, ReplyFilter, ReplyForm, ReplyRow};
use contract::{Error, Millis, Page, PageRequest, Refusal};
use serde_json::json;
use sqlx::AnyConnection;

/// Keeps the caller's reply. The same text sent again changes nothing.
///
/// # Errors
/// `SignIn`, `NotBound`; `NotFound`; `Invalid` (`text`); [`Refusal::NotInvited`] for who was not asked, also
/// after a withdrawal; [`Refusal::AlreadyReplied`].
pub async fn reply(caller: &Caller, core: &Core, notice: &NoticeId, form: ReplyForm) -> Result<()> {
    caller.allow_somewhere(Verb::NoticesReply)?;
    let (person, text) = (caller.person()?.clone(), form.parse()?);
    core.db
        .write((caller.clone(), notice.clone(), person, text), |tx, (caller, id, person, text)| {
            Box::pin(keep(tx, caller, id, person, text))
        })
        .await
}

async fn keep(tx: &mut Tx, caller: &Caller, id: &NoticeId, person: &PersonId, text: &str) -> Result<()> {
    let notice = store::find(tx.conn(), id).await?.filter(|notice| notice.state().is_out()).ok_or(Error::NotFound)?;
    let asked = notice.replies == 1 && notice.state() != NoticeState::Withdrawn;
    if !asked || deliveries::heard(tx.conn(), id, notice.version, person).await?.is_none() {
        return Err(Refusal::NotInvited.into());
    }
    let reply = Reply { person: person.clone(), text: text.to_owned(), at: tx.now() };
    if !replies::insert(tx.conn(), id, &reply).await? {
        let there = replies::of_person(tx.conn(), id, person).await?;
        return match there.is_some_and(|there| there.text == text) {
            true => Ok(()),
            false => Err(Refusal::AlreadyReplied.into()),
        };
    }
    let payload = json!({ "version": notice.version });
    let event = Event { room: ROOM, verb: "reply", area: &notice.area, subject: id.as_str(), payload };
    events::record(tx, caller, event).await?;
    tx.change(topic(id));
    Ok(())
}

/// The replies to a notice, oldest first.
///
/// # Errors
/// `NotFound`; `Forbidden` outside the caller's areas.
pub async fn replies(
    caller: &Caller,
    core: &Core,
    notice: &NoticeId,
    filter: &ReplyFilter,
) -> Result<(NoticeSummary, Page<ReplyRow>)> {
    let limit = PageRequest::default().limit();
    let mut conn = core.db.read().await?;
    let notice = listed(caller, &mut conn, Verb::NoticesList, notice).await?;
    let (at, person) = mark(filter);
    let found = replies::list(&mut conn, &notice.id, (at, person), &filter.search, limit + 1).await?;
    let page = Page::from_overfetch(found, limit, |row| format!("{}.{}", row.at, row.person));
    let rows = named(&mut conn, page.rows).await?;
    Ok((notice.summary(), Page { rows, next: page.next }))
}

/// Where a page begins: after this moment and person.
fn mark(filter: &ReplyFilter) -> (Millis, &str) {
    let after = filter.after.as_deref().and_then(|after| after.split_once('.'));
    let mark = after.and_then(|(at, person)| Some((at.parse().ok()?, person)));
    mark.unwrap_or((Millis::MIN, ""))
}

/// The texts of exported replies, in the reader's language.
#[derive(Clone, Debug)]
pub struct ReplyTexts {
    /// The sheet's name.
    pub sheet: String,
    /// Name, address, reply, moment: the columns' heads.
    pub heads: [String; 4],
}

/// The same list, all pages of it (10,000 rows at most), as XLSX.
///
/// # Errors
/// As [`replies()`].
pub async fn export_replies(
    caller: &Caller,
    core: &Core,
    notice: &NoticeId,
    filter: &ReplyFilter,
    texts: ReplyTexts,
) -> Result<Vec<u8>> {
    let mut conn = core.db.read().await?;
    let notice = listed(caller, &mut conn, Verb::NoticesList, notice).await?;
    let found = replies::list(&mut conn, &notice.id, (Millis::MIN, ""), &filter.search, EXPORTED).await?;
    let rows = named(&mut conn, found).await?.into_iter();
    let rows: Vec<Vec<Cell>> = rows
        .map(|row| vec![row.name.into(), row.address.into(), row.text.into(), Cell::minute(Some(row.at))])
        .collect();
    workbook(&texts.sheet, &texts.heads, &rows)
}

async fn named(conn: &mut AnyConnection, found: Vec<Reply>) -> Result<Vec<ReplyRow>> {
    let mut known = people::names_and_addresses(conn, found.iter().map(|reply| &reply.person)).await?;
    let row = |Reply { person, text, at }| {
        let (name, address) = known.remove(&person).unwrap_or_default();
        ReplyRow { person, name, address, text, at }
    };
    Ok(found.into_iter().map(row).collect())
}
