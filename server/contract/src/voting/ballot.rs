//! The resident's side: paper, ballot, receipt, the poster's code.

use super::{Candidate, Phase, VoteSummary};
use crate::check::Checks;
use crate::ids::VoteId;
use crate::{AreaId, Issue, Millis, Result};
use serde::{Deserialize, Serialize};

/// What a resident sees when they open a vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotPaper {
    /// The vote.
    pub vote: VoteSummary,
    /// Who stands, by number.
    pub candidates: Vec<Candidate>,
    /// How the caller stands towards it.
    pub standing: Standing,
    /// A fresh random key for [`CastBallot::key`]; the form carries it from page to page.
    pub key: String,
}

impl BallotPaper {
    /// May the caller cast a ballot right now?
    pub fn may_cast(&self) -> bool {
        self.vote.phase == Phase::Open && matches!(&self.standing, Standing::OnRoll(entry) if entry.voted_at.is_none())
    }

    /// Does a ballot fit this paper? An early answer; the urn asks again.
    ///
    /// # Errors
    /// `choices`: `TooManyChosen` with the seats, or `Unknown`.
    pub fn fits(&self, ballot: &CastBallot) -> Result<()> {
        let most = usize::try_from(self.vote.seats).unwrap_or(usize::MAX);
        let mut checks = Checks::new();
        checks.ensure(ballot.choices.len() <= most, "choices", Issue::TooManyChosen(self.vote.seats));
        let stands = |number: &u32| self.candidates.iter().any(|candidate| candidate.number == *number);
        checks.ensure(ballot.choices.iter().all(stands), "choices", Issue::Unknown);
        checks.done()
    }
}

/// How somebody stands towards a vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// On the roll.
    OnRoll(RollEntry),
    /// Lives or owns elsewhere: the vote is another building's or compound's.
    OtherBuilding,
    /// Lives there, but was no owner in the registry when the roll was frozen.
    NotOnRoll,
    /// The account is tied to nobody in the registry.
    NotBound,
}

/// One head on the frozen roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollEntry {
    /// The building it is listed under.
    pub building: AreaId,
    /// The building's name when the roll was frozen.
    pub building_name: String,
    /// All area owned in the vote's area, in 0.01 m².
    pub area_dm2: i64,
    /// When the ballot was cast, if it was.
    pub voted_at: Option<Millis>,
}

/// A ballot as sent. No choice at all is a blank ballot (弃权), which takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CastBallot {
    /// The vote.
    pub vote: VoteId,
    /// The chosen candidates' numbers.
    #[serde(default)]
    pub choices: Vec<u32>,
    /// Random, 32 lower-case hexadecimal digits, held by the client alone: sending the same ballot
    /// again with it gives the same receipt.
    pub key: String,
}

impl CastBallot {
    /// What holds for every ballot; whether it fits this vote's paper is the server's to see.
    ///
    /// # Errors
    /// `key`: `Format`; `choices`: `Unknown` (no such number, or one twice).
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::new();
        let hexadecimal = self.key.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        checks.ensure(self.key.len() == 32 && hexadecimal, "key", Issue::Format);
        let mut seen = std::collections::BTreeSet::new();
        let known = |n: &u32| (1..=super::MAX_CANDIDATES).contains(n);
        checks.ensure(self.choices.iter().all(|n| known(n) && seen.insert(*n)), "choices", Issue::Unknown);
        checks.done()
    }
}

/// Proof that a ballot was taken in. Names neither voter nor choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The vote.
    pub vote: VoteId,
    /// Sixteen characters that find the ballot in the count; show them in groups of four.
    pub code: String,
}

/// What a receipt's code finds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptCheck {
    /// The vote.
    pub vote: VoteSummary,
    /// The code in its stored form, however it was typed.
    pub code: String,
    /// What is known of it.
    pub state: ReceiptState,
}

/// Is my ballot in the count?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptState {
    /// No ballot of this vote has that code.
    Unknown,
    /// In the urn, still sealed.
    Accepted,
    /// Counted; whom it names is shown once the result is published.
    Counted,
    /// Counted and published: the candidates that it names, none for a blank ballot.
    Published(Vec<Candidate>),
    /// Counted as invalid: it could not be opened, or names more than there are seats.
    Invalid,
}

/// Where a poster's code leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PosterTarget {
    /// The vote.
    pub vote: VoteId,
    /// The building the poster hangs in.
    pub building: AreaId,
}

/// The code of one building's poster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PosterCode {
    /// The building.
    pub building: AreaId,
    /// The building's name when the roll was frozen.
    pub name: String,
    /// What is typed where scanning does not work; show it in groups of four.
    pub code: String,
    /// What the QR code holds.
    pub url: String,
}
