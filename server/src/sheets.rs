//! Lists as workbooks (XLSX) that office programs open.

use rust_xlsxwriter::{Color, Format, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::{Error, Result};
use contract::{Millis, local};

/// Widest column, in characters: longer text is cut on screen, never in the file.
const WIDEST: usize = 60;

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text, written as text: a leading `=` is no formula (CSV injection has no way in).
    Text(String),
    /// A number that can be summed.
    Number(f64),
    /// Nothing.
    Empty,
}

impl Cell {
    /// A moment to the minute, nothing where there is none.
    pub fn minute(at: Option<Millis>) -> Self {
        at.map_or(Self::Empty, |at| Self::Text(local::minute(at)))
    }

    /// The name of one of several values: `names` are in the order of `all`.
    pub fn named<T: PartialEq>(names: &[String], all: &[T], value: &T) -> Self {
        let at = all.iter().position(|known| known == value);
        at.and_then(|at| names.get(at)).map_or(Self::Empty, |name| name.as_str().into())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    /// Counts are exact up to 2⁵³, as everywhere in XLSX.
    fn from(number: i64) -> Self {
        Self::Number(number as f64)
    }
}

/// A workbook of one sheet: bold headers that stay in view, a filter, columns as wide as their text.
///
/// # Errors
/// A sheet's name that XLSX forbids (over 31 characters, `[]:*?/\`), or more rows than 1,048,575.
pub fn workbook(sheet_name: &str, headers: &[impl AsRef<str>], rows: &[Vec<Cell>]) -> Result<Vec<u8>> {
    let headers: Vec<&str> = headers.iter().map(AsRef::as_ref).collect();
    write(sheet_name, &headers, rows).map_err(Error::internal)
}

fn write(sheet_name: &str, headers: &[&str], rows: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name(sheet_name)?;
    let head = head();
    for (column, header) in (0..).zip(headers) {
        sheet.write_string_with_format(0, column, *header, &head)?;
        let texts = rows.iter().filter_map(|row| row.get(usize::from(column)));
        let widest = texts.map(width).chain([columns(header)]).max().unwrap_or(0).min(WIDEST);
        sheet.set_column_width(column, widest as f64 + 2.0)?;
    }
    for (line, row) in (1..).zip(rows) {
        cells(sheet, line, row)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Some(last_row), Some(last_column)) = (u32::try_from(rows.len()).ok(), headers.len().checked_sub(1)) {
        sheet.autofilter(0, 0, last_row, u16::try_from(last_column).unwrap_or(u16::MAX))?;
    }
    workbook.save_to_buffer()
}

/// A workbook of several sheets, written row by row; each row goes to a file of its own at once, so that a long
/// list does not stand in memory.
pub struct Book {
    workbook: Workbook,
    sheet: usize,
    line: u32,
}

impl Book {
    /// An empty one.
    #[allow(clippy::new_without_default, reason = "a workbook without a sheet is no file yet")]
    pub fn new() -> Self {
        Self { workbook: Workbook::new(), sheet: 0, line: 0 }
    }

    /// Begins the next sheet with its headings.
    ///
    /// # Errors
    /// As [`workbook`].
    pub fn sheet(&mut self, name: &str, headers: &[&str]) -> Result<()> {
        self.begin(name, headers).map_err(Error::internal)
    }

    fn begin(&mut self, name: &str, headers: &[&str]) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet_with_low_memory()?.set_name(name)?;
        let head = head();
        sheet.set_freeze_panes(1, 0)?;
        for (column, header) in (0..).zip(headers) {
            sheet.set_column_width(column, (columns(header) + 6) as f64)?;
            sheet.write_string_with_format(0, column, *header, &head)?;
        }
        self.line = 0;
        self.sheet += 1;
        Ok(())
    }

    /// Adds a row to the sheet begun last.
    ///
    /// # Errors
    /// More rows than XLSX has.
    pub fn row(&mut self, row: &[Cell]) -> Result<()> {
        self.line += 1;
        let line = self.line;
        let sheet = self.workbook.worksheet_from_index(self.sheet - 1).map_err(Error::internal)?;
        cells(sheet, line, row).map_err(Error::internal)
    }

    /// The file.
    ///
    /// # Errors
    /// No sheet was begun.
    pub fn finish(mut self) -> Result<Vec<u8>> {
        self.workbook.save_to_buffer().map_err(Error::internal)
    }
}

/// How headings look.
fn head() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(0x00EF_EDE6)).set_border_bottom(FormatBorder::Thin)
}

fn cells(sheet: &mut Worksheet, line: u32, row: &[Cell]) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(row) {
        match cell {
            Cell::Text(text) => sheet.write_string(line, column, text)?,
            Cell::Number(number) => sheet.write_number(line, column, *number)?,
            Cell::Empty => continue,
        };
    }
    Ok(())
}

fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => columns(text),
        Cell::Number(number) => number.to_string().len(),
        Cell::Empty => 0,
    }
}

/// Width in columns of a terminal: a Chinese character takes two.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_is_a_zip_and_odd_names_are_refused() {
        let rows = vec![vec!["程建国".into(), 301i64.into()], vec!["=1+1".into(), Cell::Empty]];
        let bytes = workbook("名册", &["姓名", "票数"], &rows).unwrap();
        assert_eq!(&bytes[..4], b"PK\x03\x04");
        assert!(workbook("a/b", &["x"], &rows).is_err());
    }
}
