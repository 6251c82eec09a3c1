//! Entries of the registry that may be one person.

use super::{AreaName, PersonDetail, PersonRow};
use crate::ids::PersonId;
use crate::{Millis, Page};
use serde::{Deserialize, Serialize};

/// Two entries that look like one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twins {
    /// The older entry.
    pub first: PersonRow,
    /// The newer one.
    pub second: PersonRow,
    /// Born on the same day; otherwise they share a phone.
    pub same_day: bool,
}

/// Pairs of a community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwinsFound {
    /// Where was looked, outermost first.
    pub trail: Vec<AreaName>,
    /// Areas to choose from where a wider one than a community was asked for.
    pub inside: Vec<AreaName>,
    /// The pairs.
    pub pairs: Page<Twins>,
}

/// Which entry stays, and which becomes part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergePersons {
    /// The entry that stays.
    pub keep: PersonId,
    /// The entry that becomes part of it.
    pub lose: PersonId,
}

/// Two entries side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideBySide {
    /// The entry that stays.
    pub keep: PersonDetail,
    /// The entry that becomes part of it.
    pub lose: PersonDetail,
    /// Entries that became part of the first before: when.
    pub before: Vec<Millis>,
}
