//! Lists of votes, one vote for workers, and the turnout.

use super::{Item, KeyHolder, Phase, Tally, VoteSummary};
use crate::{AreaId, Millis};
use serde::{Deserialize, Serialize};

/// A vote that waits for the caller, for the home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenVote {
    /// The vote.
    pub vote: VoteSummary,
    /// When the last ballot that the caller may cast was cast or handed in on paper; none while one is left.
    pub voted_at: Option<Millis>,
}

/// One row of a list of votes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteLine {
    /// The vote.
    pub vote: VoteSummary,
    /// Heads on the frozen roll; 0 for a draft.
    pub heads: i64,
}

/// What the workers' list asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VoteFilter {
    /// Part of the title or of the area's name.
    pub search: String,
    /// A phase's code, or empty for all.
    pub phase: String,
    /// An area, its own votes and those inside it; empty for all.
    pub area: String,
    /// The key of the last row already seen; none for the first page.
    pub after: Option<String>,
}

impl VoteFilter {
    /// The phase wanted; text that names none asks for all.
    pub fn phase(&self) -> Option<Phase> {
        Phase::from_code(&self.phase)
    }

    /// The area wanted.
    pub fn area(&self) -> Option<AreaId> {
        self.area.parse().ok()
    }
}

/// One vote as workers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteDetail {
    /// The vote.
    pub vote: VoteSummary,
    /// The paper.
    pub items: Vec<Item>,
    /// Who holds its keys.
    pub keys: Vec<KeyHolder>,
    /// Who has taken part, from the frozen roll; empty for a draft.
    pub turnout: Turnout,
    /// SHA-256 over the frozen roll, as in the log; none for a draft.
    pub roll_sha256: Option<String>,
    /// The result, once counted.
    pub result: Option<Tally>,
}

/// Who has taken part so far, by heads and by area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turnout {
    /// Heads on the roll.
    pub heads: i64,
    /// Heads that have cast a ballot.
    pub voted: i64,
    /// Area on the roll, in 0.01 m².
    pub area_dm2: i64,
    /// Area of those who have cast a ballot, in 0.01 m².
    pub voted_area_dm2: i64,
    /// The same per building, in the order of their ids.
    pub buildings: Vec<BuildingTurnout>,
}

/// The turnout of one building.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildingTurnout {
    /// The building.
    pub building: AreaId,
    /// Its name when the roll was frozen.
    pub name: String,
    /// Heads on the roll.
    pub heads: i64,
    /// Heads that have cast a ballot.
    pub voted: i64,
    /// Area on the roll, in 0.01 m².
    pub area_dm2: i64,
    /// Area of those who have cast a ballot, in 0.01 m².
    pub voted_area_dm2: i64,
}
