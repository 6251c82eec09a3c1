//! The registry: people, where they live, what they own.
//!
//! Phones and identity numbers travel masked; one is shown in clear only by [`Unmask`], which the
//! person concerned can see (个人信息保护法 art. 44: the right to know).

mod correction;
mod dwelling;
mod import;
mod merge;
mod moving;
mod past;
mod record;
mod tie;

pub use correction::{
    AskCorrection, CorrectedField, CorrectionFilter, CorrectionLine, CorrectionReason, CorrectionState,
    DecideCorrection,
};
pub use dwelling::DwellingKind;
pub use import::{
    Column, ExportRegistry, ImportCounts, ImportLine, ImportPlaces, ImportProgress, ImportState, ImportView, RowFault,
    SendImport, SheetCounts, SheetKind, StartImport,
};
pub use merge::{MergePersons, SideBySide, Twins, TwinsFound};
pub use moving::TakeIn;
pub use past::{AsOf, OwnersAsOf, PastDwelling, PastOwner};
pub use record::{Look, Trace};
pub use tie::{BindPerson, TieAccount};

use crate::area::AreaKind;
use crate::check::Checks;
use crate::ids::{DwellingId, PersonId};
use crate::{AreaId, Issue, Page, PageRequest, Result};
use serde::{Deserialize, Deserializer, Serialize};

/// Longest text that a search takes.
const LONGEST_QUERY: u32 = 60;

/// What a worker looks for: a name, a phone, an identity number or an address, told apart by form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleSearch {
    /// The text; empty lists everybody.
    #[serde(default)]
    pub q: String,
    /// Where; the widest area of the caller's when not given.
    #[serde(default, deserialize_with = "blank_is_none")]
    pub area: Option<AreaId>,
    /// Which part of the list.
    #[serde(flatten)]
    pub page: PageRequest,
}

impl PeopleSearch {
    /// Checks the form of the search.
    ///
    /// # Errors
    /// [`crate::Error::Invalid`] when the text is too long.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::new();
        checks.text("q", &self.q, 0, LONGEST_QUERY);
        checks.done()
    }
}

/// A select's empty choice means no area.
fn blank_is_none<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Option<AreaId>, D::Error> {
    let text = Option::<String>::deserialize(from)?.unwrap_or_default();
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(serde::de::Error::custom) }
}

/// An area with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaName {
    /// The area.
    pub id: AreaId,
    /// Its name, e.g. `龙北社区`.
    pub name: String,
}

impl AreaName {
    /// Its level.
    pub fn kind(&self) -> AreaKind {
        self.id.kind()
    }
}

/// One person in a list; sealed fields masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Who.
    pub id: PersonId,
    /// The full name.
    pub name: String,
    /// `138****1234`, if known.
    pub phone: Option<String>,
    /// `3****************X`, if known.
    pub id_number: Option<String>,
    /// Day of birth, `1971-03-08`.
    pub born: String,
    /// Where the person lives.
    pub area: AreaId,
    /// The address there, e.g. `龙北小区2幢1单元301`; empty when the registry knows none.
    pub address: String,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleFound {
    /// Where was looked, outermost first.
    pub trail: Vec<AreaName>,
    /// The areas to choose from: the caller's own, or those inside the one looked at.
    pub areas: Vec<AreaName>,
    /// The people.
    pub page: Page<PersonRow>,
}

/// A share in a dwelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Parts held.
    pub num: i64,
    /// Parts in all.
    pub den: i64,
}

/// A dwelling that somebody owns, alone or with others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// The dwelling.
    pub dwelling: DwellingId,
    /// Its place, a household of the tree.
    pub area: AreaId,
    /// Its address.
    pub address: String,
    /// The whole dwelling's registered area in 0.01 m².
    pub area_dm2: i64,
    /// The person's share of it.
    pub share: Share,
}

/// Somebody of the same household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub id: PersonId,
    /// The full name.
    pub name: String,
    /// Day of birth.
    pub born: String,
}

/// What the registry holds of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDetail {
    /// The person.
    pub person: PersonRow,
    /// Where they live, outermost first.
    pub trail: Vec<AreaName>,
    /// Who lives with them.
    pub household: Vec<Member>,
    /// What they own.
    pub homes: Vec<Home>,
}

/// A sealed field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealedField {
    /// The phone.
    Phone,
    /// The identity number.
    IdNumber,
}

impl SealedField {
    /// Every sealed field.
    pub const ALL: [Self; 2] = [Self::Phone, Self::IdNumber];

    /// The name in forms, in the log and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::IdNumber => "id_number",
        }
    }
}

/// Why a sealed field is looked at. A choice and not a text: the log is kept for good and must hold
/// no personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnmaskReason {
    /// 上门走访、联系本人
    Contact,
    /// 核对身份
    Identity,
    /// 代办事项
    Errand,
    /// 紧急情况
    Emergency,
}

impl UnmaskReason {
    /// Every reason, in the order offered.
    pub const ALL: [Self; 4] = [Self::Contact, Self::Identity, Self::Errand, Self::Emergency];

    /// The name in forms, in the log and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Identity => "identity",
            Self::Errand => "errand",
            Self::Emergency => "emergency",
        }
    }
}

/// Asks for one sealed field in clear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmask {
    /// Whose.
    pub person: PersonId,
    /// Which field.
    pub field: SealedField,
    /// Why.
    #[serde(default)]
    pub reason: Option<UnmaskReason>,
}

impl Unmask {
    /// Checks that a reason was given.
    ///
    /// # Errors
    /// [`crate::Error::Invalid`] when none was.
    pub fn check(&self) -> Result<UnmaskReason> {
        self.reason.ok_or_else(|| crate::Error::field("reason", Issue::Required))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_what_forms_send() {
        for reason in UnmaskReason::ALL {
            assert_eq!(serde_plain(&reason), reason.code());
        }
        for field in SealedField::ALL {
            assert_eq!(serde_plain(&field), field.code());
        }
    }

    /// The unit variant's name as serde writes it.
    fn serde_plain<T: Serialize>(value: &T) -> String {
        serde_json::to_string(value).unwrap().trim_matches('"').to_owned()
    }

    #[test]
    fn an_empty_area_means_none() {
        let search: PeopleSearch = serde_json::from_str(r#"{"q":"汪","area":"","after":"k"}"#).unwrap();
        assert_eq!((search.area, search.page.after.as_deref()), (None, Some("k")));
        assert!(serde_json::from_str::<PeopleSearch>(r#"{"area":"3410/"}"#).is_err());
    }

    #[test]
    fn unmasking_needs_a_reason() {
        let person = PersonId::trusted("p");
        let unmask = Unmask { person, field: SealedField::Phone, reason: None };
        assert_eq!(unmask.check(), Err(crate::Error::field("reason", Issue::Required)));
    }
}
