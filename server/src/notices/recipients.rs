//! Who was to hear, over which channel, and what became of it.

use super::console::listed;
use super::store::deliveries;
use crate::core::Core;
use crate::error::{Error, Result};
use crate::identity::{Caller, Verb};
use crate::people;
use crate::sheets::{Cell, workbook};
use contract::ids::NoticeId;
use contract::notices::{Delivery, NoticeSummary, RecipientFilter, RecipientRow, Why};
use contract::{Page, PageRequest};
use sqlx::AnyConnection;

/// Rows of a workbook at most: a list to work from, not the registry to carry away (最小必要, 个人信息保护法
/// art. 6).
const EXPORTED: i64 = 10_000;

/// The recipients of a notice's newest version on one channel, page by page.
///
/// # Errors
/// `NotFound`; `Forbidden` outside the caller's areas.
pub async fn recipients(
    caller: &Caller,
    core: &Core,
    notice: &NoticeId,
    filter: &RecipientFilter,
) -> Result<(NoticeSummary, Page<RecipientRow>)> {
    let limit = PageRequest::default().limit();
    let mut conn = core.db.read().await?;
    let notice = listed(caller, &mut conn, Verb::NoticesList, notice).await?;
    let of = (&notice.id, notice.version, filter.channel());
    let after = filter.after.as_deref().unwrap_or_default();
    let found = deliveries::recipients(&mut conn, of, filter.status(), after, limit + 1).await?;
    let page = Page::from_overfetch(found, limit, |row| row.person.to_string());
    let rows = named(&mut conn, page.rows).await?;
    Ok((notice.summary(), Page { rows, next: page.next }))
}

/// The texts of exported recipients, in the reader's language.
#[derive(Clone, Debug)]
pub struct RecipientTexts {
    /// The sheet's name.
    pub sheet: String,
    /// Name, address, status, reason, attempts, moment: the columns' heads.
    pub heads: [String; 6],
    /// The name of each status, in the order of [`Delivery::ALL`].
    pub statuses: [String; 6],
    /// The text of each reason, in the order of [`Why::ALL`].
    pub reasons: [String; 8],
}

/// The same list, all pages of it (10,000 rows at most), as XLSX.
///
/// # Errors
/// As [`recipients`].
pub async fn export_recipients(
    caller: &Caller,
    core: &Core,
    notice: &NoticeId,
    filter: &RecipientFilter,
    texts: RecipientTexts,
) -> Result<Vec<u8>> {
    let mut conn = core.db.read().await?;
    let notice = listed(caller, &mut conn, Verb::NoticesList, notice).await?;
    let of = (&notice.id, notice.version, filter.channel());
    let found = deliveries::recipients(&mut conn, of, filter.status(), "", EXPORTED).await?;
    let rows = named(&mut conn, found).await?;
    let cells = |row: RecipientRow| -> Vec<Cell> {
        vec![
            row.name.into(),
            row.address.into(),
            Cell::named(&texts.statuses, &Delivery::ALL, &row.status),
            row.why.map_or(Cell::Empty, |why| Cell::named(&texts.reasons, &Why::ALL, &why)),
            row.attempts.into(),
            Cell::minute(Some(row.at)),
        ]
    };
    workbook(&texts.sheet, &texts.heads, &rows.into_iter().map(cells).collect::<Vec<_>>())
}

async fn named(conn: &mut AnyConnection, rows: Vec<deliveries::Recipient>) -> Result<Vec<RecipientRow>> {
    let mut known = people::names_and_addresses(conn, rows.iter().map(|row| &row.person)).await?;
    let mut named = Vec::with_capacity(rows.len());
    for row in rows {
        let (name, address) = known.remove(&row.person).unwrap_or_default();
        let status = Delivery::from_code(&row.status).ok_or_else(|| Error::internal("a status unknown here"))?;
        let why = row.why.as_deref().and_then(Why::from_code);
        let (building, attempts, at) = (row.building, row.attempts, row.changed_at);
        named.push(RecipientRow { person: row.person, name, address, building, status, why, attempts, at });
    }
    Ok(named)
}
