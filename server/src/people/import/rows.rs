//! What one row says, checked by itself: form, check digits, days that exist.

use contract::check::{born_of, is_credit_code, is_day, is_id_number, is_mobile};
use contract::ids::PersonId;
use contract::people::{Column, DwellingKind, SheetKind};
use contract::{AreaId, Issue};
use serde::{Deserialize, Serialize};

use super::format::{AREA_PLACES, fixed, share};
use super::places::Places;
use super::read::RawRow;
use crate::people::rules::{normal_address, normal_id_number};

/// Longest name of a person or an organisation.
const LONGEST_NAME: usize = 60;

/// A door that the file names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Door {
    /// Its place in the tree.
    pub area: AreaId,
    /// The door as people say it, `301`.
    pub label: String,
    /// Its address.
    pub address: String,
}

/// A sealed field as the file gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Given {
    /// Empty: nothing is said.
    Nothing,
    /// In clear.
    Clear(String),
    /// Masked, as exports show it: it says that the field is as it was.
    Masked(String),
}

impl Given {
    /// What stands in clear.
    pub fn clear(&self) -> Option<&str> {
        match self {
            Self::Clear(text) => Some(text),
            Self::Nothing | Self::Masked(_) => None,
        }
    }
}

/// A row of 房屋.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DwellingRow {
    pub door: Door,
    pub area_dm2: i64,
    pub kind: DwellingKind,
    /// Name and credit code.
    pub developer: Option<(String, String)>,
    pub delivered: bool,
}

/// Whom a row is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Who {
    pub name: String,
    pub id_number: Given,
    /// The number in the registry.
    pub id: Option<PersonId>,
    /// The identity number is a credit code.
    pub organisation: bool,
}

/// A row of 居民.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ResidentRow {
    pub who: Who,
    pub born: String,
    pub phone: Given,
    pub home: Door,
    pub guardian: Given,
}

/// A row of 产权.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OwnerRow {
    pub who: Who,
    pub door: Door,
    pub share: (i64, i64),
}

/// One row's meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Meant {
    Dwelling(DwellingRow),
    Resident(ResidentRow),
    Owner(OwnerRow),
}

impl Meant {
    /// The door that the row is about.
    pub fn door(&self) -> &Door {
        match self {
            Self::Dwelling(row) => &row.door,
            Self::Resident(row) => &row.home,
            Self::Owner(row) => &row.door,
        }
    }
}

/// What is wrong with a row, column by column.
pub(super) type Faults = Vec<(Option<Column>, Issue)>;

/// Reads a row.
///
/// # Errors
/// Everything that is wrong with it by itself.
pub(super) fn read(row: &RawRow, places: &Places) -> Result<Meant, Faults> {
    let mut reading = Reading { row, faults: Vec::new() };
    let meant = match row.sheet {
        SheetKind::Dwellings => reading.dwelling(places).map(Meant::Dwelling),
        SheetKind::Residents => reading.resident(places).map(Meant::Resident),
        SheetKind::Owners => reading.owner(places).map(Meant::Owner),
    };
    match meant {
        Some(meant) if reading.faults.is_empty() => Ok(meant),
        _ => Err(reading.faults),
    }
}

struct Reading<'a> {
    row: &'a RawRow,
    faults: Faults,
}

impl Reading<'_> {
    fn fault<T>(&mut self, column: Column, issue: Issue) -> Option<T> {
        self.faults.push((Some(column), issue));
        None
    }

    /// A cell that must not be empty.
    fn needed(&mut self, column: Column) -> Option<String> {
        match self.row.cell(column) {
            "" => self.fault(column, Issue::Required),
            text => Some(text.to_owned()),
        }
    }

    fn dwelling(&mut self, places: &Places) -> Option<DwellingRow> {
        let door = self.door(places);
        let area = self.needed(Column::Area).and_then(|text| match fixed(&text, AREA_PLACES) {
            Some(0) => self.fault(Column::Area, Issue::TooSmall(0)),
            None => self.fault(Column::Area, Issue::Format),
            area => area,
        });
        let kind = match self.row.cell(Column::Use) {
            "" | "住宅" => Some(DwellingKind::Home),
            "商铺" | "商业" | "店铺" => Some(DwellingKind::Shop),
            "车位" | "车库" => Some(DwellingKind::Parking),
            "储藏室" | "储藏间" => Some(DwellingKind::Storage),
            _ => self.fault(Column::Use, Issue::Unknown),
        };
        let delivered = match self.row.cell(Column::Delivered) {
            "" | "是" => Some(true),
            "否" => Some(false),
            _ => self.fault(Column::Delivered, Issue::Unknown),
        };
        let developer = self.developer();
        if delivered == Some(false) && developer == Some(None) {
            self.fault::<()>(Column::Developer, Issue::Required);
        }
        Some(DwellingRow { door: door?, area_dm2: area?, kind: kind?, developer: developer?, delivered: delivered? })
    }

    /// Name and code, or neither.
    fn developer(&mut self) -> Option<Option<(String, String)>> {
        let (name, code) = (self.row.cell(Column::Developer), self.row.cell(Column::DeveloperCode));
        match (name, code) {
            ("", "") => Some(None),
            ("", _) => self.fault(Column::Developer, Issue::Required),
            (_, "") => self.fault(Column::DeveloperCode, Issue::Required),
            (_, code) if !is_credit_code(code) => self.fault(Column::DeveloperCode, Issue::CheckDigit),
            (name, code) => Some(Some((name.to_owned(), normal_id_number(code)))),
        }
    }

    fn resident(&mut self, places: &Places) -> Option<ResidentRow> {
        let who = self.who();
        let born = self.born(who.as_ref());
        let phone = self.phone();
        let home = self.door(places);
        let guardian = match self.row.cell(Column::Guardian) {
            "" => Some(Given::Nothing),
            text if text.contains('*') => Some(Given::Masked(text.to_owned())),
            text if is_id_number(text) => Some(Given::Clear(normal_id_number(text))),
            _ => self.fault(Column::Guardian, Issue::CheckDigit),
        };
        if who.as_ref().is_some_and(|who| who.organisation) {
            self.fault::<()>(Column::IdNumber, Issue::CheckDigit);
        }
        Some(ResidentRow { who: who?, born: born?, phone: phone?, home: home?, guardian: guardian? })
    }

    /// The day of birth: from the identity number, or as given.
    fn born(&mut self, who: Option<&Who>) -> Option<String> {
        let given = self.row.cell(Column::Born).replace(['/', '.'], "-");
        let known = who.and_then(|who| who.id_number.clear()).and_then(born_of);
        match (given.as_str(), known) {
            ("", Some(born)) => Some(born),
            // The registry has it, or the row is refused for want of an identity number anyway.
            ("", None) if who.is_none_or(|who| who.id.is_some()) => Some(String::new()),
            ("", None) => self.fault(Column::Born, Issue::Required),
            (given, _) if !is_day(given) => self.fault(Column::Born, Issue::CheckDigit),
            (given, Some(born)) if given != born => self.fault(Column::Born, Issue::Mismatch),
            (given, _) => Some(given.to_owned()),
        }
    }

    fn phone(&mut self) -> Option<Given> {
        let text: String = self.row.cell(Column::Phone).chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        match text.as_str() {
            "" => Some(Given::Nothing),
            masked if masked.contains('*') => Some(Given::Masked(text)),
            phone if is_mobile(phone) => Some(Given::Clear(text)),
            _ => self.fault(Column::Phone, Issue::Format),
        }
    }

    fn owner(&mut self, places: &Places) -> Option<OwnerRow> {
        let door = self.door(places);
        let who = self.who();
        if who.as_ref().is_some_and(|who| who.id.is_none() && who.id_number == Given::Nothing) {
            self.fault::<()>(Column::IdNumber, Issue::Required);
        }
        let share = self.needed(Column::Share).and_then(|text| match share(&text) {
            Ok(share) => Some(share),
            Err(issue) => self.fault(Column::Share, issue),
        });
        Some(OwnerRow { who: who?, door: door?, share: share? })
    }

    fn who(&mut self) -> Option<Who> {
        let name = self.needed(Column::Name).and_then(|name| match name.chars().count() {
            0..=LONGEST_NAME => Some(name),
            _ => self.fault(Column::Name, Issue::TooLong(60)),
        });
        let id = match self.row.cell(Column::Number) {
            "" => Some(None),
            text => match text.parse::<PersonId>() {
                Ok(id) => Some(Some(id)),
                Err(_) => self.fault(Column::Number, Issue::Format),
            },
        };
        let text = normal_id_number(self.row.cell(Column::IdNumber));
        let organisation = !is_id_number(&text) && is_credit_code(&text);
        let id_number = match text.as_str() {
            "" => Some(Given::Nothing),
            masked if masked.contains('*') && id == Some(None) => self.fault(Column::Number, Issue::Required),
            masked if masked.contains('*') => Some(Given::Masked(text)),
            number if organisation || is_id_number(number) => Some(Given::Clear(text)),
            number if number.len() == 18 => self.fault(Column::IdNumber, Issue::CheckDigit),
            _ => self.fault(Column::IdNumber, Issue::Format),
        };
        Some(Who { name: name?, id_number: id_number?, id: id?, organisation })
    }

    /// The door, in a unit that the registry knows.
    fn door(&mut self, places: &Places) -> Option<Door> {
        let compound = self.needed(Column::Compound);
        let building = self.needed(Column::Building);
        let unit = self.needed(Column::Unit);
        let label = self.needed(Column::Door).map(|text| normal_address(&text));
        let code = label.as_deref().and_then(|label| match door_code(label) {
            Some(code) => Some(code),
            None => self.fault(Column::Door, Issue::Format),
        });
        let (compound, building, unit, label, code) = (compound?, building?, unit?, label?, code?);
        match places.unit(&compound, &building, &unit) {
            Ok((area, above)) => Some(Door { area: area.child(&code), address: format!("{above}{label}"), label }),
            Err(column) => self.fault(column, Issue::Unknown),
        }
    }
}

/// The code of a door in the tree: `301` is `h0301`, `1101` is `h1101`, `B-12` is `hB12`. None for what has
/// other characters than letters, digits and hyphens.
fn door_code(label: &str) -> Option<String> {
    let plain: String = label.chars().filter(|c| *c != '-').collect();
    let fits = (1..=8).contains(&plain.len()) && plain.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then(|| if plain.bytes().all(|b| b.is_ascii_digit()) { format!("h{plain:0>4}") } else { format!("h{plain}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        let compound: AreaId = "3410.03.100.004.g01.c01".parse().unwrap();
        let building = compound.child("b02");
        Places::of([
            (compound, "龙北小区".to_owned()),
            (building.child("u1"), "1单元".to_owned()),
            (building, "2幢".to_owned()),
        ])
    }

    fn row(sheet: SheetKind, cells: &[(Column, &str)]) -> RawRow {
        let cell = |column: &Column| {
            let usual = match column {
                Column::Compound => "龙北小区",
                Column::Building => "2",
                Column::Unit => "1单元",
                Column::Door => "301室",
                Column::Name => "王秀兰",
                Column::IdNumber => "11010519491231002x",
                Column::Area => "128.46",
                Column::Share => "1",
                _ => "",
            };
            cells.iter().find(|(c, _)| c == column).map_or(usual, |(_, text)| text).to_owned()
        };
        RawRow { sheet, line: 2, cells: sheet.columns().iter().map(cell).collect() }
    }

    fn faults(sheet: SheetKind, cells: &[(Column, &str)]) -> Faults {
        read(&row(sheet, cells), &places()).unwrap_err()
    }

    #[test]
    fn a_good_row_of_each_sheet_is_understood() {
        let Ok(Meant::Dwelling(home)) = read(&row(SheetKind::Dwellings, &[]), &places()) else { panic!() };
        assert_eq!(home.door.area.as_str(), "3410.03.100.004.g01.c01.b02.u1.h0301");
        assert_eq!((home.door.address.as_str(), home.area_dm2, home.delivered), ("龙北小区2幢1单元301", 12_846, true));
        let cells = [(Column::Phone, "138 5590 0001")];
        let Ok(Meant::Resident(resident)) = read(&row(SheetKind::Residents, &cells), &places()) else { panic!() };
        assert_eq!((resident.born.as_str(), resident.phone), ("1949-12-31", Given::Clear("13855900001".into())));
        let company = [(Column::Name, "徽州置业"), (Column::IdNumber, "91350100M000100Y43"), (Column::Share, "1/2")];
        let Ok(Meant::Owner(owner)) = read(&row(SheetKind::Owners, &company), &places()) else { panic!() };
        assert!(owner.who.organisation && owner.share == (1, 2));
    }

    #[test]
    fn each_fault_names_its_column() {
        use Column::*;
        use SheetKind::*;
        for (sheet, cells, column, issue) in [
            (Dwellings, vec![(Compound, "别处小区")], Compound, Issue::Unknown),
            (Dwellings, vec![(Building, "9")], Building, Issue::Unknown),
            (Dwellings, vec![(Unit, "7")], Unit, Issue::Unknown),
            (Dwellings, vec![(Door, "三楼东")], Door, Issue::Format),
            (Dwellings, vec![(Area, "0")], Area, Issue::TooSmall(0)),
            (Dwellings, vec![(Area, "98.456")], Area, Issue::Format),
            (Dwellings, vec![(Area, "")], Area, Issue::Required),
            (Dwellings, vec![(Use, "城堡")], Use, Issue::Unknown),
            (Dwellings, vec![(Delivered, "否")], Developer, Issue::Required),
            (
                Dwellings,
                vec![(Developer, "甲"), (DeveloperCode, "91350100M000100Y44")],
                DeveloperCode,
                Issue::CheckDigit,
            ),
            (Residents, vec![(IdNumber, "110105194912310021")], IdNumber, Issue::CheckDigit),
            (Residents, vec![(IdNumber, "11010519490231002X")], IdNumber, Issue::CheckDigit),
            (Residents, vec![(IdNumber, "1101")], IdNumber, Issue::Format),
            (Residents, vec![(IdNumber, "")], Born, Issue::Required),
            (Residents, vec![(IdNumber, ""), (Born, "2023-02-29")], Born, Issue::CheckDigit),
            (Residents, vec![(Born, "1950-01-01")], Born, Issue::Mismatch),
            (Residents, vec![(Phone, "12345")], Phone, Issue::Format),
            (Residents, vec![(Name, "")], Name, Issue::Required),
            (Residents, vec![(IdNumber, "1****************X")], Number, Issue::Required),
            (Owners, vec![(IdNumber, "")], IdNumber, Issue::Required),
            (Owners, vec![(Share, "3/2")], Share, Issue::Format),
        ] {
            assert_eq!(faults(sheet, &cells), [(Some(column), issue)], "{cells:?}");
        }
    }

    #[test]
    fn all_faults_of_a_row_are_told_at_once() {
        let found = faults(SheetKind::Dwellings, &[(Column::Building, "9"), (Column::Area, "x"), (Column::Use, "?")]);
        assert_eq!(found.len(), 3);
    }
}
