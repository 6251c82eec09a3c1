//! The registry as it stood on a day.

use super::{AreaName, DwellingKind, Share, blank_is_none};
use crate::AreaId;
use serde::{Deserialize, Serialize};

/// Asks how the registry stood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsOf {
    /// Where; the widest area of the caller's when not given.
    #[serde(default, deserialize_with = "blank_is_none")]
    pub area: Option<AreaId>,
    /// The end of which day, `2026-08-29`; today when empty.
    #[serde(default)]
    pub day: String,
}

/// Who owned a dwelling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastOwner {
    /// Their full name of then.
    pub name: String,
    /// Their share.
    pub share: Share,
}

/// A dwelling with its owners.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastDwelling {
    /// Its address.
    pub address: String,
    /// What it was used for.
    pub kind: DwellingKind,
    /// Its registered area of then in 0.01 m².
    pub area_dm2: i64,
    /// Its owners.
    pub owners: Vec<PastOwner>,
}

/// How the registry stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnersAsOf {
    /// The day, `2026-08-29`.
    pub day: String,
    /// Where, outermost first.
    pub trail: Vec<AreaName>,
    /// The areas directly inside.
    pub inside: Vec<AreaName>,
    /// The dwellings in order of their places; none for an area wider than a building.
    pub held: Option<Vec<PastDwelling>>,
}
