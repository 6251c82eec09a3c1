//! The result of a count, with the arithmetic that leads to it.

use super::VoteSummary;
use serde::{Deserialize, Serialize};

/// What the count found. Integers only; areas in 0.01 m².
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElectionResult {
    /// Seats to fill.
    pub seats: u32,
    /// Heads on the roll.
    pub heads: i64,
    /// Area on the roll.
    pub area_dm2: i64,
    /// Heads whom the roll marks as having cast a ballot (参与人数).
    pub voted: i64,
    /// Their area (参与面积).
    pub voted_area_dm2: i64,
    /// Ballots in the urn; equals `voted`, or the arithmetic says so.
    pub cast: i64,
    /// Ballots that name nobody (弃权).
    pub blank: i64,
    /// Ballots that cannot be opened or name more candidates than there are seats.
    pub invalid: i64,
    /// Each candidate in the order of the paper.
    pub candidates: Vec<CandidateVotes>,
    /// A tie across the last seat, if there is one.
    pub tie: Option<Tie>,
    /// Seats that nobody won: fewer candidates with votes than seats.
    pub vacant: u32,
    /// Did two thirds by area and by heads take part (民法典 art. 278)?
    pub quorum: bool,
    /// The arithmetic, line by line.
    pub steps: Vec<Step>,
    /// SHA-256 over the counted ballots, recorded in the log by the count.
    pub ballots_sha256: String,
}

/// A result to be shown, with the vote that it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteResult {
    /// The vote.
    pub vote: VoteSummary,
    /// What the count found.
    pub result: ElectionResult,
}

/// One candidate's votes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateVotes {
    /// The number on the paper.
    pub number: u32,
    /// 姓名
    pub name: String,
    /// Ballots that name them.
    pub votes: i64,
    /// What follows.
    pub outcome: Outcome,
}

/// What the votes mean for a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 当选
    Elected,
    /// 得票相同，待定：the tie is declared, never broken silently.
    Tied,
    /// 未当选
    NotElected,
}

impl Outcome {
    /// The key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Elected => "elected",
            Self::Tied => "tied",
            Self::NotElected => "not_elected",
        }
    }
}

/// Candidates with equally many votes for fewer seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// Seats left for them.
    pub seats: u32,
    /// Their numbers on the paper.
    pub among: Vec<u32>,
}

/// One line of arithmetic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The key of its text: `ballots`, `roll`, `quorum_heads`, `quorum_area`.
    pub code: String,
    /// The sum with its numbers, e.g. `3 × 14 = 42 ≥ 2 × 20 = 40`.
    pub sum: String,
    /// Does it hold?
    pub holds: bool,
}
