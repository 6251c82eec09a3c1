//! Voting: election of owners' representatives for a compound or a building.
//!
//! A worker drafts, announcing freezes the roll, owners cast one ballot a head, the count opens the
//! sealed ballots, publishing shows the result with its arithmetic. Candidates are known by their
//! number on the paper, from 1.

mod ballot;
mod doorstep;
mod draft;
mod overview;
mod result;

pub use ballot::{
    BallotPaper, CastBallot, PosterCode, PosterTarget, Receipt, ReceiptCheck, ReceiptState, RollEntry, Standing,
};
pub use doorstep::{Doorstep, WaitingBuilding, WaitingOwner};
pub use draft::{CandidateDraft, DraftForm, DraftVote};
pub use overview::{BuildingTurnout, OpenVote, Turnout, VoteDetail, VoteFilter, VoteLine};
pub use result::{CandidateVotes, ElectionResult, Outcome, Step, Tie, VoteResult};

use crate::Millis;
use crate::ids::VoteId;
use serde::{Deserialize, Serialize};

/// Most candidates in one vote: a paper must stay readable on a phone.
pub const MAX_CANDIDATES: u32 = 60;

/// Where a vote stands, by the server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// 草稿：only workers see it; everything can still change.
    Draft,
    /// 已公告：roll and candidates are fixed, the poll has not opened.
    Announced,
    /// 投票中
    Open,
    /// 已截止：the poll is over, the ballots are still sealed.
    Closed,
    /// 已计票：counted, not yet shown to residents.
    Counted,
    /// 已公布
    Published,
}

impl Phase {
    /// Every phase, in the order of a vote's life.
    pub const ALL: [Self; 6] = [Self::Draft, Self::Announced, Self::Open, Self::Closed, Self::Counted, Self::Published];

    /// The key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Announced => "announced",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Counted => "counted",
            Self::Published => "published",
        }
    }

    /// The phase of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.code() == code)
    }

    /// An announced vote's phase at `now`: open from `opens_at` on, closed from `closes_at` on.
    pub fn of_announced(opens_at: Millis, closes_at: Millis, now: Millis) -> Self {
        if now < opens_at {
            Self::Announced
        } else if now < closes_at {
            Self::Open
        } else {
            Self::Closed
        }
    }
}

/// One person who stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The number on the paper, from 1.
    pub number: u32,
    /// 姓名
    pub name: String,
    /// What they say of themselves, plain text with line breaks.
    pub statement: String,
    /// The stored picture's file name, if any.
    pub photo: Option<String>,
}

/// What everybody may know of a vote once it is announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteSummary {
    /// The vote.
    pub id: VoteId,
    /// Its title.
    pub title: String,
    /// The compound or building it is for.
    pub area: crate::AreaId,
    /// The area's name when the vote was drafted.
    pub area_name: String,
    /// How many are elected, and so the most that one ballot may name.
    pub seats: u32,
    /// The poll is open from this moment on.
    pub opens_at: Millis,
    /// The poll is open before this moment.
    pub closes_at: Millis,
    /// Where it stands now.
    pub phase: Phase,
}
