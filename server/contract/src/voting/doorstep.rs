//! Who has not voted yet, for reminders at the door. It says that somebody has not taken part and
//! nothing else: what others chose is known to nobody.

use super::{Unreturned, VoteSummary};
use crate::AreaId;
use crate::ids::PersonId;
use serde::{Deserialize, Serialize};

/// The list of one building.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doorstep {
    /// The vote.
    pub vote: VoteSummary,
    /// The buildings of the roll, in the order of their ids.
    pub buildings: Vec<WaitingBuilding>,
    /// The building listed; none when the roll is empty.
    pub building: Option<AreaId>,
    /// Its owners who have not voted, door by door.
    pub rows: Vec<WaitingOwner>,
    /// What a delivered ballot that does not come back counts as.
    pub unreturned: Unreturned,
}

/// How many of a building have not voted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingBuilding {
    /// The building.
    pub building: AreaId,
    /// Its name when the roll was frozen.
    pub name: String,
    /// Heads without a ballot.
    pub waiting: i64,
}

/// A person of a head that has not voted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingOwner {
    /// The head that has not voted, as the roll names it.
    pub head: String,
    /// Who.
    pub person: PersonId,
    /// The full name.
    pub name: String,
    /// The building that the roll lists them under.
    pub building: AreaId,
    /// The first dwelling of their head, as the roll lists it.
    pub address: String,
}
