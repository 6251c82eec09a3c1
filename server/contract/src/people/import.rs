//! Taking whole lists into the registry: a workbook of three sheets, what was found in it, how far it is.

use super::{AreaName, UnmaskReason};
use crate::ids::ImportId;
use crate::{AreaId, Issue, Millis};
use serde::{Deserialize, Serialize};

/// A sheet of the workbook, or a CSV file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetKind {
    /// 房屋
    Dwellings,
    /// 居民
    Residents,
    /// 产权
    Owners,
}

impl SheetKind {
    /// Every sheet, in the order in which they are read.
    pub const ALL: [Self; 3] = [Self::Dwellings, Self::Residents, Self::Owners];

    /// The name as stored, in addresses and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Dwellings => "dwellings",
            Self::Residents => "residents",
            Self::Owners => "owners",
        }
    }

    /// The kind of this code, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Its columns, in the order of the template.
    pub fn columns(self) -> &'static [Column] {
        use Column::*;
        match self {
            Self::Dwellings => &[Compound, Building, Unit, Door, Area, Use, Developer, DeveloperCode, Delivered],
            Self::Residents => &[Name, IdNumber, Born, Phone, Compound, Building, Unit, Door, Guardian, Number],
            Self::Owners => &[Compound, Building, Unit, Door, Name, IdNumber, Share, Number],
        }
    }
}

/// Declares the columns once: variant, code, heading in the file.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $heading:literal;)*) => {
        /// A column of a sheet. Headings are part of the format, the same in every language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Column { $($(#[$doc])* $name,)* }
        impl Column {
            /// Every column of any sheet.
            pub const ALL: &[Self] = &[$(Self::$name),*];
            /// The name as stored and as key of its text.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }
            /// What stands above it in the file.
            pub fn heading(self) -> &'static str {
                match self { $(Self::$name => $heading),* }
            }
        }
    };
}

columns! {
    /// Compound, by name.
    Compound = "compound", "小区";
    /// Building, `2` or `2幢`.
    Building = "building", "幢";
    /// Unit, `1` or `1单元`.
    Unit = "unit", "单元";
    /// Door, e.g. `301`.
    Door = "door", "房号";
    /// Registered area in m², two decimals at most.
    Area = "area", "面积";
    /// What the dwelling is used for; a home when empty.
    Use = "use", "用途";
    /// The developer's name, where it owns the dwelling still or has not handed it over.
    Developer = "developer", "开发商";
    /// The developer's unified social credit code.
    DeveloperCode = "developer_code", "开发商信用代码";
    /// 是 or 否; handed over when empty.
    Delivered = "delivered", "已交付";
    /// Full name of a person or an organisation.
    Name = "name", "姓名";
    /// Identity number, or an organisation's unified social credit code.
    IdNumber = "id_number", "证件号码";
    /// Day of birth; needed only without an identity number.
    Born = "born", "出生日期";
    /// Mobile phone.
    Phone = "phone", "手机";
    /// The identity number of who acts for a minor.
    Guardian = "guardian", "监护人证件号码";
    /// Share in the dwelling, `1` or `1/2`.
    Share = "share", "份额";
    /// The person's number in the registry, as exports give it.
    Number = "number", "登记编号";
}

impl Column {
    /// The column of this code, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.code() == code)
    }
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// The file is being read and every row checked.
    Checking,
    /// Checked; a worker decides.
    Checked,
    /// Its rows are being entered.
    Applying,
    /// Entered.
    Done,
    /// The file could not be read at all.
    Unreadable,
    /// Given up by a worker, or decided by nobody. Nothing was entered, unless its work was given up before it.
    Dropped,
}

impl ImportState {
    /// Every state, in the order of their course.
    pub const ALL: [Self; 6] =
        [Self::Checking, Self::Checked, Self::Applying, Self::Done, Self::Unreadable, Self::Dropped];

    /// The name as stored and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Checked => "checked",
            Self::Applying => "applying",
            Self::Done => "done",
            Self::Unreadable => "unreadable",
            Self::Dropped => "dropped",
        }
    }

    /// The state of this code, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Does it move by itself?
    pub fn moves(self) -> bool {
        matches!(self, Self::Checking | Self::Applying)
    }
}

/// What was found in one sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SheetCounts {
    /// Rows of what the registry does not have.
    pub new: i64,
    /// Rows that differ from the registry.
    pub changed: i64,
    /// Rows that say what the registry says.
    pub unchanged: i64,
    /// Rows that cannot be entered.
    pub refused: i64,
    /// Owners of the registry whom the list leaves out of a dwelling that it names: their tenure ends.
    pub ended: i64,
}

impl SheetCounts {
    /// Rows in all.
    pub fn rows(self) -> i64 {
        self.new + self.changed + self.unchanged + self.refused
    }
}

/// What was found in the whole file, in the order of [`SheetKind::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts(pub [SheetCounts; 3]);

impl ImportCounts {
    /// Of one sheet.
    pub fn of(&mut self, sheet: SheetKind) -> &mut SheetCounts {
        &mut self.0[sheet as usize]
    }

    /// Over all sheets.
    pub fn total(&self, part: fn(&SheetCounts) -> i64) -> i64 {
        self.0.iter().map(part).sum()
    }
}

/// An import in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLine {
    /// Which.
    pub id: ImportId,
    /// Where its rows belong.
    pub area: AreaName,
    /// When the file came.
    pub at: Millis,
    /// Who sent it; none when the registry does not know them.
    pub by: Option<String>,
    /// How far it is.
    pub state: ImportState,
    /// What was found.
    pub counts: ImportCounts,
}

/// How far an import's work is, for a page that follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProgress {
    /// How far it is.
    pub state: ImportState,
    /// Rows worked through in this state.
    pub done: i64,
    /// Rows in all; 0 while unknown.
    pub rows: i64,
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// What lists show.
    pub line: ImportLine,
    /// How far its work is.
    pub progress: ImportProgress,
    /// The refused rows were left out.
    pub partial: bool,
    /// Its work was given up: it goes on no more by itself.
    pub stuck: bool,
    /// Until when it can be decided; then it is dropped.
    pub until: Millis,
    /// Why the file could not be read: the sheet concerned, if one, and what is wrong.
    pub unreadable: Option<RowFault>,
}

/// Why a row cannot be entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// The sheet; none for the file as a whole.
    pub sheet: Option<SheetKind>,
    /// The row as office programs number them: the headings are row 1.
    pub row: i64,
    /// The column; none for the row as a whole.
    pub column: Option<Column>,
    /// What is wrong.
    pub issue: Issue,
    /// The row it clashes with, if it is one of the same sheet.
    pub other_row: Option<i64>,
}

/// Where a list can be taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPlaces {
    /// Places to choose from with their depth below the first, outermost first.
    pub places: Vec<(usize, AreaName)>,
    /// The areas inside one that is too wide for a list.
    pub inside: Vec<AreaName>,
}

/// Sends a file. The file itself travels beside the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendImport {
    /// Where its rows belong: a community or a place inside one.
    pub area: AreaId,
    /// The form's idempotency key.
    pub key: String,
}

/// Asks for the registry of an area as a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportRegistry {
    /// Which: a community or a place inside one.
    pub area: AreaId,
    /// `1`: phones and identity numbers in clear, which everybody concerned is told.
    #[serde(default)]
    pub clear: String,
    /// Why they are to be seen in clear.
    #[serde(default, deserialize_with = "no_reason")]
    pub reason: Option<UnmaskReason>,
}

/// A select's empty choice means no reason.
fn no_reason<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<UnmaskReason>, D::Error> {
    let text = Option::<String>::deserialize(from)?.unwrap_or_default();
    Ok(UnmaskReason::ALL.into_iter().find(|reason| reason.code() == text))
}

/// Enters what was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartImport {
    /// `1`: leave out the refused rows. Otherwise nothing is entered while one is refused.
    #[serde(default)]
    pub partial: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back() {
        for sheet in SheetKind::ALL {
            assert_eq!(SheetKind::from_code(sheet.code()), Some(sheet));
            assert_eq!(SheetKind::ALL[sheet as usize], sheet);
        }
        for column in Column::ALL {
            assert_eq!(Column::from_code(column.code()), Some(*column));
        }
        for state in ImportState::ALL {
            assert_eq!(ImportState::from_code(state.code()), Some(state));
        }
    }

    #[test]
    fn counts_are_kept_by_sheet() {
        let mut counts = ImportCounts::default();
        counts.of(SheetKind::Owners).refused += 2;
        counts.of(SheetKind::Dwellings).new += 3;
        assert_eq!((counts.total(|c| c.rows()), counts.0[2].refused, counts.0[1].rows()), (5, 2, 0));
    }
}
