//! The format of the lists: sheets, headings, the template.

use contract::Issue;
use contract::people::{Column, SheetKind};

use crate::Result;
use crate::people::rules::lowest;
use crate::sheets::{Book, Cell};

/// The sheets by their names in a workbook, in the order in which they are read.
pub(super) const SHEETS: [(SheetKind, &str); 3] =
    [(SheetKind::Dwellings, "房屋"), (SheetKind::Residents, "居民"), (SheetKind::Owners, "产权")];

/// Why a file cannot be read as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// The sheet concerned.
    pub sheet: Option<SheetKind>,
    /// The column concerned.
    pub column: Option<Column>,
    /// What is wrong.
    pub issue: Issue,
}

/// The name of a sheet.
pub(super) fn sheet_name(sheet: SheetKind) -> &'static str {
    SHEETS[sheet as usize].1
}

/// The headings of a sheet.
pub(super) fn headings(sheet: SheetKind) -> Vec<&'static str> {
    sheet.columns().iter().map(|column| column.heading()).collect()
}

/// The workbook to fill in: headings and one example row a sheet, made up.
///
/// # Errors
/// None that its content could cause.
pub fn template() -> Result<Vec<u8>> {
    let mut book = Book::new();
    for (sheet, name) in SHEETS {
        book.sheet(name, &headings(sheet))?;
        book.row(&sheet.columns().iter().map(|column| Cell::from(example(sheet, *column))).collect::<Vec<_>>())?;
    }
    book.finish()
}

fn example(sheet: SheetKind, column: Column) -> &'static str {
    match column {
        Column::Compound => "示例小区",
        Column::Building => "2幢",
        Column::Unit => "1单元",
        Column::Door => "301",
        Column::Area => "128.46",
        Column::Use => "住宅",
        Column::Delivered => "是",
        Column::Name => "张示例",
        Column::IdNumber => "11010519491231002X",
        Column::Phone => "13800000000",
        Column::Share if sheet == SheetKind::Owners => "1/2",
        _ => "",
    }
}

/// Decimal places of an area in square metres.
pub(super) const AREA_PLACES: usize = 2;
/// Decimal places of a share that is no fraction.
pub(super) const SHARE_PLACES: usize = 4;

/// Parts of a whole: `1`, `1/2`, `50%`, `0.3333`.
pub(super) fn share(text: &str) -> std::result::Result<(i64, i64), Issue> {
    let number = |text: &str| text.trim().parse::<i64>().map_err(|_| Issue::Format);
    let (num, den) = match (text.split_once('/'), text.strip_suffix('%')) {
        (Some((num, den)), _) => (number(num)?, number(den)?),
        (None, Some(percent)) => (fixed(percent, 2).ok_or(Issue::Format)?, 10_000),
        // A cell of percents, 33.33 %, holds 0.3333.
        (None, None) => (fixed(text, SHARE_PLACES).ok_or(Issue::Format)?, 10_000),
    };
    if num < 1 || den < num || den > 1_000_000 {
        return Err(Issue::Format);
    }
    Ok(lowest(num, den))
}

/// The share as files show it.
pub(super) fn share_text(num: i64, den: i64) -> String {
    if num == den { "1".to_owned() } else { format!("{num}/{den}") }
}

/// A decimal number of at most so many places, in units of the last: 1.5 of two places is 150.
pub(super) fn fixed(text: &str, places: usize) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || part.len() > places || !digits(whole) || !digits(part) {
        return None;
    }
    format!("{whole}{part:0<places$}").parse().ok()
}

/// Hundredths as a decimal number.
pub(super) fn decimal(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_have_two_places_at_most() {
        for (text, value) in [("128.46", 12_846), ("98.5", 9_850), ("98", 9_800), ("0.01", 1)] {
            assert_eq!(fixed(text, AREA_PLACES), Some(value), "{text}");
        }
        for wrong in ["", ".5", "98.456", "98,5", "-1", "1e3", "9999999999"] {
            assert_eq!(fixed(wrong, AREA_PLACES), None, "{wrong}");
        }
        assert_eq!((decimal(12_846), decimal(9_805)), ("128.46".to_owned(), "98.05".to_owned()));
    }

    #[test]
    fn shares_are_fractions_of_one() {
        for (text, value) in
            [("1", (1, 1)), ("2/4", (1, 2)), ("50%", (1, 2)), ("33.33%", (3333, 10_000)), ("0.3333", (3333, 10_000))]
        {
            assert_eq!(share(text), Ok(value), "{text}");
        }
        for wrong in ["", "0", "3/2", "1/0", "-1/2", "一半", "150%", "2", "0.33333"] {
            assert!(share(wrong).is_err(), "{wrong}");
        }
        assert_eq!((share_text(1, 1), share_text(1, 2)), ("1".to_owned(), "1/2".to_owned()));
    }

    #[test]
    fn the_template_is_read_by_what_reads_lists() {
        let mut seen = Vec::new();
        super::super::read::rows(&template().unwrap(), &mut |row| {
            seen.push(row.sheet);
            true
        })
        .unwrap();
        assert_eq!(seen, SheetKind::ALL);
    }
}
