//! The result of a count, with the arithmetic that leads to it.

use super::paper::coded;
use super::{ItemKind, Majority, VoteKind, VoteSummary};
use crate::measure::{square_metres, thousands};
use serde::{Deserialize, Serialize};

coded! {
    /// What becomes of a ballot that was delivered and did not come back.
    Unreturned {
        /// Its head does not take part (the law's own reading).
        NotParticipating = "not_participating",
        /// Its head takes part and abstains; the rules of procedure must say so.
        Abstain = "abstain",
        /// Its head takes part and follows the majority of those who voted; the rules must say so, and courts
        /// have set such counts aside.
        FollowMajority = "follow_majority",
    }
}

/// What the count found. Integers only; areas in 0.01 m².
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// What was decided.
    pub kind: VoteKind,
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
    /// Ballots that cannot be opened or do not fit the paper.
    pub invalid: i64,
    /// Did two thirds by area and by heads take part (民法典 art. 278)? True for a poll, which needs none.
    pub quorum: bool,
    /// The arithmetic of ballots and participation, line by line.
    pub steps: Vec<Step>,
    /// Each item in the order of the paper.
    pub items: Vec<ItemResult>,
    /// SHA-256 over the counted ballots, recorded in the log by the count.
    pub ballots_sha256: String,
}

/// What was found on one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemResult {
    /// The number on the paper.
    pub number: u32,
    /// What it is about.
    pub title: String,
    /// What it asks.
    pub kind: ItemKind,
    /// How much agreement it needs.
    pub majority: Majority,
    /// Seats, or answers that one ballot may name.
    pub most: u32,
    /// Valid ballots that say nothing to it (弃权).
    pub blank: i64,
    /// Each option in the order of the paper.
    pub options: Vec<OptionVotes>,
    /// A tie across the last seat, if there is one.
    pub tie: Option<Tie>,
    /// Seats that nobody won: fewer candidates with votes than seats.
    pub vacant: u32,
    /// Is it agreed to? None where nothing is decided for or against.
    pub passed: Option<bool>,
    /// Are areas kept back, because beside the ballots they would name a voter?
    pub withheld: bool,
    /// The arithmetic of its majority, line by line.
    pub steps: Vec<Step>,
}

/// One option's votes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionVotes {
    /// The number on the paper.
    pub number: u32,
    /// A candidate's name, or the answer.
    pub name: String,
    /// Ballots that name it.
    pub votes: i64,
    /// The area of these ballots where it is published: of decided items, unless it could name a voter.
    pub area_dm2: Option<i64>,
    /// What follows for a candidate; none where nobody is elected.
    pub outcome: Option<Outcome>,
}

/// What the areas behind a decided item were when the ballots were opened; the signed log holds it too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemAreas {
    /// For, against, and the rest (abstaining, blank, invalid); none where it would name a voter.
    pub areas_dm2: [Option<i64>; 3],
    /// Did the area's majority hold?
    pub holds: bool,
    /// The option that delivered ballots which did not come back are added to, if the rules let them follow one.
    pub follows: Option<u32>,
}

/// A result to be shown, with the vote that it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteResult {
    /// The vote.
    pub vote: VoteSummary,
    /// What the count found.
    pub result: Tally,
}

/// What one head's ballot said, in a signed vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedBallot {
    /// The address of the head's first dwelling.
    pub place: String,
    /// The owners' masked names.
    pub names: String,
    /// What it says, item by item; nothing for an invalid ballot.
    pub marks: Vec<super::ItemMarks>,
}

coded! {
    /// What the votes mean for a candidate.
    Outcome {
        /// 当选
        Elected = "elected",
        /// 得票相同，待定：the tie is declared, never broken silently.
        Tied = "tied",
        /// 未当选
        NotElected = "not_elected",
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
    /// The key of its text: `roll`, `ballots`, `quorum_heads`, `quorum_area`, `unreturned`, `ordinary_heads`,
    /// `ordinary_area`, `special_heads`, `special_area`.
    pub code: String,
    /// The sum with its numbers, e.g. `3 × 14 = 42 ≥ 2 × 20 = 40`.
    pub sum: String,
    /// Does it hold?
    pub holds: bool,
}

impl Step {
    /// Is it a sum of areas?
    pub fn of_area(&self) -> bool {
        self.code.ends_with("_area")
    }

    /// The sum as people read it: thousands apart, areas in square metres. What stands before a `×` is a factor and
    /// stays as it is.
    pub fn readable(&self) -> String {
        let words: Vec<&str> = self.sum.split(' ').collect();
        let read = |(at, word): (usize, &&str)| match word.parse::<i64>() {
            Ok(_) if words.get(at + 1) == Some(&"×") => (*word).to_owned(),
            Ok(area_dm2) if self.of_area() => square_metres(area_dm2),
            Ok(number) => thousands(number),
            Err(_) => (*word).to_owned(),
        };
        words.iter().enumerate().map(read).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_of_a_sum_are_read_in_square_metres_and_its_factors_are_not() {
        let step = |code: &str, sum: &str| Step { code: code.to_owned(), sum: sum.to_owned(), holds: true };
        let quorum = step("quorum_area", "3 × 1234567 = 3703701 ≥ 2 × 1800000 = 3600000");
        assert_eq!(quorum.readable(), "3 × 12,345.67 = 37,037.01 ≥ 2 × 18,000.00 = 36,000.00");
        assert_eq!(step("special_area", "4 × ▇ ≥ 3 × 900000 = 2700000").readable(), "4 × ▇ ≥ 3 × 9,000.00 = 27,000.00");
        assert_eq!(
            step("quorum_heads", "3 × 1400 = 4200 ≥ 2 × 2000 = 4000").readable(),
            "3 × 1,400 = 4,200 ≥ 2 × 2,000 = 4,000"
        );
        assert_eq!(step("ballots", "12 + 1 = 13").readable(), "12 + 1 = 13");
    }
}
