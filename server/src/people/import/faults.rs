//! Why rows cannot be entered: a page of them, or all as a workbook to work from.

use contract::ids::ImportId;
use contract::people::{Column, RowFault, SheetKind};
use contract::{Issue, Page, PageRequest};

use super::format::sheet_name;
use super::view::visible;
use crate::identity::Caller;
use crate::people::store::imports::{self as store, FaultRow};
use crate::sheets::{Cell, workbook};
use crate::{Core, Result};

/// Faults fetched at a time for the workbook.
const STEP: i64 = 1_000;
/// Faults in the workbook at most; who has more has sent another list.
const MOST: usize = 100_000;

/// The faults of an import, in the order of the file.
///
/// # Errors
/// `NotFound` outside the caller's areas.
pub async fn faults(caller: &Caller, core: &Core, id: &ImportId, page: PageRequest) -> Result<Page<RowFault>> {
    let mut conn = core.db.read().await?;
    visible(&mut conn, caller, id).await?;
    let after = page.after.as_deref().unwrap_or_default();
    let rows = store::faults(&mut conn, id, place(after), page.limit() + 1).await?;
    let page = Page::from_overfetch(rows, page.limit(), key);
    Ok(Page { rows: page.rows.into_iter().filter_map(read).collect(), next: page.next })
}

/// A fault's place as text.
fn key(row: &FaultRow) -> String {
    format!("{}.{}.{}", row.sheet, row.line, row.field)
}

/// The place that [`key`] wrote; the beginning for any other text.
fn place(text: &str) -> (i64, i64, &str) {
    let mut parts = text.splitn(3, '.');
    let mut number = || parts.next().and_then(|part| part.parse().ok());
    match (number(), number()) {
        (Some(sheet), Some(line)) => (sheet, line, parts.next().unwrap_or_default()),
        _ => (-2, 0, ""),
    }
}

/// A stored fault; none when it is of a later version of the program.
pub(super) fn read(row: FaultRow) -> Option<RowFault> {
    Some(RowFault {
        sheet: usize::try_from(row.sheet).ok().and_then(|sheet| SheetKind::ALL.get(sheet).copied()),
        row: row.line,
        column: Column::from_code(&row.field),
        issue: Issue::from_code(&row.issue, row.number)?,
        other_row: row.other_line,
    })
}

/// The texts of the workbook, in the reader's language.
pub struct FaultTexts {
    /// The sheet's name.
    pub sheet: String,
    /// Sheet, row, column, reason: the columns' heads.
    pub heads: [String; 4],
    /// What is wrong, as a sentence.
    pub reason: fn(&RowFault, contract::Locale) -> String,
}

/// All faults of an import as an XLSX workbook.
///
/// # Errors
/// `NotFound` outside the caller's areas.
pub async fn export_faults(caller: &Caller, core: &Core, id: &ImportId, texts: FaultTexts) -> Result<Vec<u8>> {
    let mut conn = core.db.read().await?;
    visible(&mut conn, caller, id).await?;
    let (mut cells, mut after) = (Vec::new(), String::new());
    loop {
        let rows = store::faults(&mut conn, id, place(&after), STEP).await?;
        let Some(last) = rows.last() else { break };
        after = key(last);
        cells.extend(rows.into_iter().filter_map(read).map(|fault| line(&fault, &texts, caller.locale)));
        if cells.len() >= MOST {
            break;
        }
    }
    let heads: Vec<&str> = texts.heads.iter().map(String::as_str).collect();
    workbook(&texts.sheet, &heads, &cells)
}

fn line(fault: &RowFault, texts: &FaultTexts, locale: contract::Locale) -> Vec<Cell> {
    let sheet = fault.sheet.map_or("", sheet_name);
    let column = fault.column.map_or("", Column::heading);
    vec![sheet.into(), fault.row.into(), column.into(), (texts.reason)(fault, locale).into()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_survives_its_text() {
        let row = FaultRow {
            sheet: 1,
            line: 17,
            field: "id_number".into(),
            issue: "check_digit".into(),
            number: None,
            other_line: None,
        };
        assert_eq!(place(&key(&row)), (1, 17, "id_number"));
        assert_eq!(place(""), (-2, 0, ""));
        assert_eq!(read(row).map(|fault| fault.issue), Some(Issue::CheckDigit));
    }
}
