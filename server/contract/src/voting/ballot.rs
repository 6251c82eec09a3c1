//! The resident's side: paper, ballot, receipt, the poster's code.

use super::{Item, ItemKind, MAX_ITEMS, MAX_OPTIONS, Phase, VoteSummary};
use crate::check::Checks;
use crate::ids::VoteId;
use crate::{AreaId, Issue, Millis, Result};
use serde::{Deserialize, Serialize};

/// What a resident sees when they open a vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotPaper {
    /// The vote.
    pub vote: VoteSummary,
    /// What is asked, by number.
    pub items: Vec<Item>,
    /// How the caller stands towards it.
    pub standing: Standing,
    /// A fresh random key for [`CastBallot::key`]; the form carries it from page to page.
    pub key: String,
}

impl BallotPaper {
    /// The head that the caller can cast a ballot for right now; the next one once it is cast.
    pub fn next(&self) -> Option<&RollEntry> {
        let Standing::OnRoll(entries) = &self.standing else { return None };
        entries.iter().find(|entry| self.vote.phase == Phase::Open && entry.may_vote && entry.waits())
    }

    /// Does a ballot fit this paper? An early answer; the urn asks again.
    ///
    /// # Errors
    /// As [`fits`].
    pub fn fits(&self, ballot: &CastBallot) -> Result<()> {
        fits(&self.items, &ballot.choices)
    }
}

/// Do choices fit a paper? Whoever decides an item says for, against or abstain.
///
/// # Errors
/// By item (`item.1`): `Required`, `TooManyChosen` with the most, `Unknown`; `choices`: `Unknown` for marks of
/// other items than the paper's.
pub fn fits(items: &[Item], choices: &[Vec<u32>]) -> Result<()> {
    let mut checks = Checks::new();
    checks.ensure(items.len() == choices.len(), "choices", Issue::Unknown);
    for (item, marks) in items.iter().zip(choices) {
        let most = usize::try_from(item.most).unwrap_or(usize::MAX);
        checks.ensure(marks.len() <= most, &item.field(), Issue::TooManyChosen(item.most));
        checks.ensure(item.kind == ItemKind::Choose || !marks.is_empty(), &item.field(), Issue::Required);
        let stands = |number: &u32| item.options.iter().any(|option| option.number == *number);
        checks.ensure(marks.iter().all(stands), &item.field(), Issue::Unknown);
    }
    checks.done()
}

/// How somebody stands towards a vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// On the roll, with one head or several.
    OnRoll(Vec<RollEntry>),
    /// Lives or owns elsewhere: the vote is another building's or compound's.
    OtherBuilding,
    /// Lives there, but was not listed in the registry when the roll was frozen.
    NotOnRoll,
    /// The account is tied to nobody in the registry.
    NotBound,
}

/// One head on the frozen roll, as a person that belongs to it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollEntry {
    /// Names the head in forms.
    pub head: String,
    /// The building it is listed under.
    pub building: AreaId,
    /// The building's name when the roll was frozen.
    pub building_name: String,
    /// The address of its first dwelling.
    pub place: String,
    /// Dwellings of the head.
    pub dwellings: i64,
    /// All area of the head in the vote's area, in 0.01 m².
    pub area_dm2: i64,
    /// Persons that the head belongs to.
    pub members: i64,
    /// Is it settled who casts its ballot?
    pub named: bool,
    /// May this person cast it?
    pub may_vote: bool,
    /// When the ballot was cast, if it was.
    pub voted_at: Option<Millis>,
    /// When its paper was handed in, if it was: from then on no other ballot of it is taken.
    pub paper_at: Option<Millis>,
}

impl RollEntry {
    /// Has no ballot of it come, neither cast nor handed in on paper?
    pub fn waits(&self) -> bool {
        self.voted_at.is_none() && self.paper_at.is_none()
    }
}

/// A ballot as sent. An item without a choice is blank (弃权), which takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CastBallot {
    /// The vote.
    pub vote: VoteId,
    /// The head it is cast for, as [`RollEntry::head`].
    pub head: String,
    /// The head's area as the paper showed it, in 0.01 m²: the weight that the voter has seen is the weight
    /// that counts.
    pub area_dm2: i64,
    /// The chosen options' numbers, item by item.
    pub choices: Vec<Vec<u32>>,
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
        let known = |n: &u32| (1..=MAX_OPTIONS).contains(n);
        let once = |marks: &Vec<u32>| {
            let mut seen = std::collections::BTreeSet::new();
            marks.iter().all(|n| known(n) && seen.insert(*n))
        };
        let items = usize::try_from(MAX_ITEMS).unwrap_or(usize::MAX);
        checks.ensure(self.choices.len() <= items && self.choices.iter().all(once), "choices", Issue::Unknown);
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
    /// Counted; what it says is shown once the result is published.
    Counted,
    /// Counted and published: what it says, item by item.
    Published(Vec<ItemMarks>),
    /// Counted as invalid: it could not be opened, or does not fit the paper.
    Invalid,
}

/// What one ballot says to one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemMarks {
    /// The item's title.
    pub title: String,
    /// The options named; none for a blank item.
    pub named: Vec<String>,
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
