//! Who has not read a notice, for a word at the door.

use super::NoticeSummary;
use crate::AreaId;
use crate::ids::PersonId;
use serde::{Deserialize, Serialize};

/// The list of one building.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doorstep {
    /// The notice.
    pub notice: NoticeSummary,
    /// Buildings where somebody has not read it, in the order of their ids.
    pub buildings: Vec<UnreadBuilding>,
    /// The building listed; none when everybody has read it.
    pub building: Option<AreaId>,
    /// Its people who have not, door by door.
    pub rows: Vec<UnreadPerson>,
}

/// How many of a building have not read the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadBuilding {
    /// The building.
    pub building: AreaId,
    /// Its name.
    pub name: String,
    /// People who have not read it.
    pub waiting: i64,
}

/// A person who has not read the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadPerson {
    /// Who.
    pub person: PersonId,
    /// The full name.
    pub name: String,
    /// The building that the audience lists them under.
    pub building: AreaId,
    /// Where they live; empty when the registry knows no address.
    pub address: String,
}
