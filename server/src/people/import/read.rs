//! From a file to rows of text, sheet by sheet, without holding the file's rows in memory.

use std::io::{Cursor, Read, Seek, sink};

use calamine::{DataRef, Reader, Xlsx, XlsxCellReader};
use contract::people::{Column, SheetKind};
use contract::{Error, Issue};

use crate::people::import::format::{AREA_PLACES, SHARE_PLACES, SHEETS, Unreadable};

/// Bytes of a workbook's parts once unpacked, at most: 100,000 rows take some 60 MB.
const UNPACKED: u64 = 400 * 1024 * 1024;
/// Rows of a file at most.
pub(super) const ROWS: i64 = 300_000;
/// Characters of a cell at most; no column needs so many.
const LONGEST: usize = 200;

/// One row as it stands in the file; cells of absent columns are empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawRow {
    /// Its sheet.
    pub sheet: SheetKind,
    /// Its number in the file; the headings are row 1.
    pub line: i64,
    /// Its cells, in the order of [`SheetKind::columns`].
    pub cells: Vec<String>,
}

impl RawRow {
    /// The trimmed text of a column.
    pub fn cell(&self, column: Column) -> &str {
        let at = self.sheet.columns().iter().position(|c| *c == column);
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }
}

/// Hands the rows of a workbook or CSV file to `each`, in the order of [`SheetKind::ALL`]; `each` answers
/// whether it wants more.
///
/// # Errors
/// Why the file cannot be read as a whole.
pub(super) fn rows(file: &[u8], each: &mut dyn FnMut(RawRow) -> bool) -> Result<(), Unreadable> {
    if file.starts_with(b"PK") { workbook(file, each) } else { csv_file(file, each) }
}

/// A file of no known kind, or damaged.
fn damaged<E>(_: E) -> Unreadable {
    Unreadable { sheet: None, column: None, issue: Issue::FileKind }
}

fn workbook(file: &[u8], each: &mut dyn FnMut(RawRow) -> bool) -> Result<(), Unreadable> {
    small_enough(file)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).map_err(damaged)?;
    let names = book.sheet_names();
    let found: Vec<_> = SHEETS.into_iter().filter(|(_, name)| names.iter().any(|n| n.trim() == *name)).collect();
    if found.is_empty() {
        return Err(Unreadable { sheet: None, column: None, issue: Issue::Unknown });
    }
    for (sheet, name) in found {
        let name = names.iter().find(|n| n.trim() == name).map_or(name, String::as_str);
        let cells = book.worksheet_cells_reader(name).map_err(damaged)?;
        if !table(sheet, cells, each)? {
            break;
        }
    }
    Ok(())
}

/// Unpacks every part once into nothing: a small file may claim to be gigabytes.
fn small_enough(file: &[u8]) -> Result<(), Unreadable> {
    let mut parts = zip::ZipArchive::new(Cursor::new(file)).map_err(damaged)?;
    let mut left = UNPACKED;
    for at in 0..parts.len() {
        let part = parts.by_index(at).map_err(damaged)?;
        let size = std::io::copy(&mut part.take(left + 1), &mut sink()).map_err(damaged)?;
        left = left.checked_sub(size).ok_or_else(|| damaged(()))?;
    }
    Ok(())
}

/// Rows of one sheet; false when no more are wanted.
fn table<S: Read + Seek>(
    sheet: SheetKind,
    mut cells: XlsxCellReader<'_, S>,
    each: &mut dyn FnMut(RawRow) -> bool,
) -> Result<bool, Unreadable> {
    let mut heads: Option<Heads> = None;
    let mut open: (u32, Vec<(usize, String)>) = (0, Vec::new());
    loop {
        let cell = cells.next_cell().map_err(damaged)?;
        let row = cell.as_ref().map(|cell| cell.get_position().0);
        if row != Some(open.0) && !open.1.is_empty() {
            let (line, texts) = (i64::from(open.0) + 1, std::mem::take(&mut open.1));
            match &heads {
                None => heads = Some(Heads::read(sheet, &texts)?),
                Some(heads) => {
                    if let Some(row) = heads.row(line, texts)
                        && !each(row)
                    {
                        return Ok(false);
                    }
                }
            }
        }
        let Some(cell) = cell else { break };
        let (row, column) = cell.get_position();
        open.0 = row;
        let places = heads.as_ref().and_then(|heads| heads.places(column as usize));
        let text = text(cell.get_value(), places);
        if !text.is_empty() {
            open.1.push((column as usize, text));
        }
    }
    // A sheet without any row is left out; one without headings is not of the format.
    Ok(true)
}

/// A cell's text: numbers as one types them, days as `1971-03-08`. A number that was computed (98.53000000000001)
/// is rounded where its column has decimal places.
fn text(value: &DataRef<'_>, places: Option<usize>) -> String {
    let text = match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => match places {
            Some(places) => format!("{number:.places$}"),
            None => number.to_string(),
        },
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) => "#".to_owned(),
        DataRef::Empty => String::new(),
    };
    text.chars().take(LONGEST).collect()
}

/// Which column of the file is which of the format's.
struct Heads {
    sheet: SheetKind,
    /// For each place in [`SheetKind::columns`], the column of the file.
    at: Vec<Option<usize>>,
}

impl Heads {
    /// Reads the first row; unit, notes and columns of one's own may stand beside the format's.
    fn read(sheet: SheetKind, texts: &[(usize, String)]) -> Result<Self, Unreadable> {
        let place =
            |column: &Column| texts.iter().find(|(_, text)| heading(text) == column.heading()).map(|(at, _)| *at);
        let at: Vec<_> = sheet.columns().iter().map(place).collect();
        let missing = sheet.columns().iter().zip(&at).find(|(column, at)| needed(**column) && at.is_none());
        match missing {
            Some((column, _)) => Err(Unreadable { sheet: Some(sheet), column: Some(*column), issue: Issue::Required }),
            None => Ok(Self { sheet, at }),
        }
    }

    /// Decimal places of the numbers in a column of the file, where they matter.
    fn places(&self, column: usize) -> Option<usize> {
        let place = self.at.iter().position(|at| *at == Some(column))?;
        match self.sheet.columns()[place] {
            Column::Area => Some(AREA_PLACES),
            Column::Share => Some(SHARE_PLACES),
            _ => None,
        }
    }

    /// The row of these cells; none when all of the format's are empty.
    fn row(&self, line: i64, texts: Vec<(usize, String)>) -> Option<RawRow> {
        let mut cells = vec![String::new(); self.at.len()];
        for (column, text) in texts {
            if let Some(place) = self.at.iter().position(|at| *at == Some(column)) {
                cells[place] = text;
            }
        }
        let empty = cells.iter().all(|cell| cell.trim().is_empty());
        (!empty).then_some(RawRow { sheet: self.sheet, line, cells })
    }
}

/// A heading without its unit or note: `面积（㎡）` is `面积`.
fn heading(text: &str) -> &str {
    text.split(['（', '(']).next().unwrap_or_default().trim().trim_end_matches('*')
}

/// Columns without which a sheet makes no sense.
fn needed(column: Column) -> bool {
    use Column::*;
    matches!(column, Compound | Building | Unit | Door | Area | Name | IdNumber | Share)
}

fn csv_file(file: &[u8], each: &mut dyn FnMut(RawRow) -> bool) -> Result<(), Unreadable> {
    let text = decode(file);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut heads: Option<Heads> = None;
    while reader.read_record(&mut record).map_err(damaged)? {
        let line = record.position().map_or(0, |at| i64::try_from(at.line()).unwrap_or(0));
        let texts = record.iter().map(|text| text.chars().take(LONGEST).collect()).enumerate().collect::<Vec<_>>();
        match &heads {
            None => heads = Some(csv_heads(&texts)?),
            Some(heads) => {
                if let Some(row) = heads.row(line, texts)
                    && !each(row)
                {
                    break;
                }
            }
        }
    }
    Ok(())
}

/// A CSV file says by its headings which sheet it is.
fn csv_heads(texts: &[(usize, String)]) -> Result<Heads, Unreadable> {
    let kinds = [SheetKind::Owners, SheetKind::Dwellings, SheetKind::Residents];
    let known = kinds.into_iter().find_map(|sheet| Heads::read(sheet, texts).ok());
    known.ok_or(Unreadable { sheet: None, column: None, issue: Issue::Unknown })
}

/// UTF-8, or the GB 18030 that Chinese office programs write.
fn decode(file: &[u8]) -> String {
    let plain = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    match std::str::from_utf8(plain) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(plain).0.into_owned(),
    }
}

/// The refusal of an upload that is neither.
pub(super) fn looks_readable(file: &[u8]) -> Result<(), Error> {
    let binary = !file.starts_with(b"PK") && file.iter().take(4096).any(|byte| *byte == 0);
    if file.is_empty() || binary { Err(Error::field("file", Issue::FileKind)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::{Cell, workbook};

    fn read(file: &[u8]) -> Result<Vec<RawRow>, Unreadable> {
        let mut seen = Vec::new();
        rows(file, &mut |row| {
            seen.push(row);
            true
        })?;
        Ok(seen)
    }

    #[test]
    fn a_csv_file_says_by_its_headings_what_it_is() {
        let text =
            "小区,幢,单元,房号,面积（㎡）,备注\n龙北小区,2,1,301,128.46,x\n,,,,,只有备注\n龙北小区,2,1,302,\"98,5\",\n";
        for file in [text.as_bytes().to_vec(), encoding_rs::GB18030.encode(text).0.into_owned()] {
            let seen = read(&file).unwrap();
            assert_eq!(seen.len(), 2);
            assert_eq!((seen[0].sheet, seen[0].line, seen[0].cell(Column::Area)), (SheetKind::Dwellings, 2, "128.46"));
            assert_eq!((seen[1].line, seen[1].cell(Column::Area), seen[1].cell(Column::Use)), (4, "98,5", ""));
        }
        let owners =
            read("\u{feff}小区,幢,单元,房号,姓名,证件号码,份额\n龙北小区,2,1,301,王秀兰,x,1\n".as_bytes()).unwrap();
        assert_eq!((owners[0].sheet, owners[0].cell(Column::Name)), (SheetKind::Owners, "王秀兰"));
        let residents = read("姓名,证件号码,小区,幢,单元,房号\n王秀兰,x,龙北小区,2,1,301\n".as_bytes()).unwrap();
        assert_eq!(residents[0].sheet, SheetKind::Residents);
    }

    #[test]
    fn numbers_that_were_computed_are_rounded_to_what_their_column_has() {
        let book = |sheet: SheetKind, cells: &[(Column, f64)]| {
            let heads: Vec<&str> = sheet.columns().iter().map(|column| column.heading()).collect();
            let cell = |column: &Column| cells.iter().find(|(c, _)| c == column).map_or(301.0, |(_, number)| *number);
            let row: Vec<Cell> = sheet.columns().iter().map(|column| Cell::Number(cell(column))).collect();
            read(&workbook(SHEETS[sheet as usize].1, &heads, &[row]).unwrap()).unwrap().remove(0)
        };
        let home = book(SheetKind::Dwellings, &[(Column::Area, 98.530_000_000_000_01)]);
        assert_eq!((home.cell(Column::Area), home.cell(Column::Door)), ("98.53", "301"));
        let owner = book(SheetKind::Owners, &[(Column::Share, 1.0 / 3.0)]);
        assert_eq!(owner.cell(Column::Share), "0.3333");
        assert_eq!(super::super::format::share(owner.cell(Column::Share)), Ok((3333, 10_000)));
    }

    #[test]
    fn what_is_no_list_is_told() {
        let unreadable = |file: &[u8]| read(file).unwrap_err().issue;
        assert_eq!(unreadable(b"a,b\n1,2\n"), Issue::Unknown);
        assert_eq!(unreadable(b"PK\x03\x04 broken"), Issue::FileKind);
        assert!(looks_readable(b"\x00\x01").is_err() && looks_readable(b"").is_err());
        assert!(looks_readable("小区".as_bytes()).is_ok());
    }

    #[test]
    fn a_workbook_of_other_sheets_is_not_ours() {
        let book = workbook("成绩", &["x"], &[]).unwrap();
        assert_eq!(read(&book).unwrap_err().issue, Issue::Unknown);
        let book = workbook("房屋", &["小区", "幢"], &[vec!["龙北小区".into()]]).unwrap();
        let wrong = read(&book).unwrap_err();
        assert_eq!((wrong.sheet, wrong.column), (Some(SheetKind::Dwellings), Some(Column::Unit)));
    }
}
