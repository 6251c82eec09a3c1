//! A search as a spreadsheet, sealed fields masked as on the page.

use super::search::search;
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use crate::sheets::{Cell, workbook};
use crate::{Core, Result};
use contract::people::{PeopleSearch, PersonRow};
use contract::{AreaId, PageRequest};
use serde::Serialize;

/// Rows of one export at most: a list to work from, not the registry to carry away (最小必要,
/// 个人信息保护法 art. 6).
pub const MOST: usize = 5_000;
/// Rows fetched at a time.
const STEP: u16 = 200;

/// The texts of an export, in the reader's language.
#[derive(Clone, Debug)]
pub struct Texts {
    /// The sheet's name.
    pub sheet: String,
    /// Name, born, phone, identity number, address: the columns' heads.
    pub heads: [String; 5],
    /// What the last row says where there are more than [`MOST`].
    pub more: String,
}

/// What the log keeps of an export.
#[derive(Serialize)]
struct Exported {
    rows: usize,
}

/// The first [`MOST`] people of a search as an XLSX workbook; a last row says so where there are more. That it was
/// made is an event.
///
/// # Errors
/// As [`search`].
pub async fn export(caller: &Caller, core: &Core, input: PeopleSearch, texts: Texts) -> Result<Vec<u8>> {
    let mut rows: Vec<PersonRow> = Vec::new();
    let mut at = PageRequest { after: None, size: Some(STEP) };
    let (place, more) = loop {
        let found = search(caller, core, PeopleSearch { page: at.clone(), ..input.clone() }).await?;
        rows.extend(found.page.rows);
        at.after = found.page.next;
        if at.after.is_none() || rows.len() >= MOST {
            let place = found.trail.last().map_or_else(AreaId::city, |area| area.id.clone());
            break (place, at.after.is_some() || rows.len() > MOST);
        }
    };
    rows.truncate(MOST);
    let log = (caller.clone(), place, Exported { rows: rows.len() });
    core.db
        .write(log, |tx, (caller, place, exported)| {
            Box::pin(async move {
                caller.allow(Verb::PeopleSearch, place)?;
                let event =
                    Event { room: "people", verb: "export", area: place, subject: place.as_str(), payload: exported };
                events::record(tx, caller, event).await
            })
        })
        .await?;
    let heads: Vec<&str> = texts.heads.iter().map(String::as_str).collect();
    let mut cells: Vec<Vec<Cell>> = rows.into_iter().map(cells).collect();
    cells.extend(cut(more, texts.more));
    workbook(&texts.sheet, &heads, &cells)
}

/// The row that says that there are more than the file has.
pub(super) fn cut(more: bool, text: String) -> Option<Vec<Cell>> {
    more.then(|| vec![Cell::Text(text)])
}

fn cells(row: PersonRow) -> Vec<Cell> {
    let text = |value: Option<String>| value.map_or(Cell::Empty, Cell::Text);
    vec![row.name.into(), row.born.into(), text(row.phone), text(row.id_number), row.address.into()]
}
