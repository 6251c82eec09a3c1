//! The roll as published for objection, and who votes for a head that several own.

use super::{RollEntry, VoteSummary};
use crate::ids::{PersonId, VoteId};
use crate::{AreaId, Millis, Page};
use serde::{Deserialize, Serialize};

/// What the published roll is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterFilter {
    /// Part of an address or of a masked name.
    pub search: String,
    /// A building's area id; empty for all.
    pub building: String,
    /// The key of the last row already seen; none for the first page.
    pub after: Option<String>,
}

/// The roll of a vote, page by page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// The vote.
    pub vote: VoteSummary,
    /// Until when the roll can be objected to; none when it cannot be any more.
    pub objections_until: Option<Millis>,
    /// The roll's buildings with their names.
    pub buildings: Vec<(AreaId, String)>,
    /// Its heads by building and door.
    pub page: Page<RegisterLine>,
}

/// One head as everybody may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterLine {
    /// Names the head.
    pub head: String,
    /// The building's name.
    pub building_name: String,
    /// The address of its first dwelling.
    pub place: String,
    /// The owners' masked names.
    pub names: String,
    /// Dwellings.
    pub dwellings: i64,
    /// Their area in 0.01 m².
    pub area_dm2: i64,
    /// Is it settled who casts its ballot?
    pub named: bool,
}

/// The caller's heads that several own, with whom each of them has named to vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Naming {
    /// The vote.
    pub vote: VoteSummary,
    /// The heads.
    pub heads: Vec<SharedHead>,
}

/// A head that several act for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedHead {
    /// The head.
    pub entry: RollEntry,
    /// Everybody who acts for it.
    pub members: Vec<NamingMember>,
}

/// One of those who act for a head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamingMember {
    /// Who.
    pub person: PersonId,
    /// The full name: co-owners know each other.
    pub name: String,
    /// Is it the one who asks?
    pub own: bool,
    /// Whom they have named.
    pub names: Option<PersonId>,
    /// Casts the head's ballot.
    pub votes: bool,
}

/// Longest account of how co-owners named their voter at the desk, in characters.
pub const MAX_EVIDENCE: u32 = 500;

/// Naming a head's voter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameVoter {
    /// The vote.
    pub vote: VoteId,
    /// The head.
    pub head: String,
    /// Who shall vote.
    pub person: PersonId,
}
