//! Voting: elections of owners' representatives, owners' resolutions and residents' opinion polls, for a
//! compound or a building.
//!
//! A worker drafts, announcing freezes paper and roll, each head casts one ballot, organiser and scrutineer
//! open the sealed ballots together, publishing shows the result with its arithmetic. A vote has items, an
//! item has options; both are known by their number on the paper, from 1.

mod ballot;
mod doorstep;
mod draft;
mod items;
mod mandates;
mod objections;
mod opening;
mod overview;
mod paper;
mod papers;
mod register;
mod reminders;
mod result;
mod rules;

pub use ballot::{
    BallotPaper, CastBallot, ItemMarks, PosterCode, PosterTarget, Receipt, ReceiptCheck, ReceiptState, RollEntry,
    Standing, fits,
};
pub use doorstep::{Doorstep, WaitingBuilding, WaitingOwner};
pub use draft::{DraftForm, DraftVote};
pub use items::{DraftItem, OptionDraft};
pub use mandates::{Mandate, MandateFilter, MandateForm, MandateState, OwnMandates};
pub use objections::{
    Decision, DecisionForm, Ground, OTHER_HEAD, Objection, ObjectionFilter, ObjectionForm, ObjectionLine,
    ObjectionState, OwnObjections, Stage,
};
pub use opening::{KeyHolder, KeyPart, OpeningState};
pub use overview::{BuildingTurnout, OpenVote, Turnout, VoteDetail, VoteFilter, VoteLine};
pub use paper::{HeadUnit, Item, ItemKind, ItemOption, Majority, Secrecy, VoteKind, decision};
pub use papers::{Channel, Entered, Marked, PaperFilter, PaperLine, PaperProgress, PaperSheet, PaperState};
pub use register::{MAX_EVIDENCE, NameVoter, Naming, NamingMember, Register, RegisterFilter, RegisterLine, SharedHead};
pub use reminders::{Reminder, Reminders};
pub use result::{ItemAreas, ItemResult, OptionVotes, Outcome, SignedBallot, Step, Tally, Tie, Unreturned, VoteResult};
pub use rules::{NewRule, RuleForm, RuleName, Rules, SetRule};

use crate::Millis;
use crate::ids::VoteId;
use serde::{Deserialize, Serialize};

/// Most options of one item: a paper must stay readable on a phone.
pub const MAX_OPTIONS: u32 = 60;
/// Most items of one vote.
pub const MAX_ITEMS: u32 = 20;

/// Where a vote stands, by the server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// 草稿：only workers see it; everything can still change.
    Draft,
    /// 已公告：roll and paper are fixed, the poll has not opened.
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

/// What everybody may know of a vote once it is announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteSummary {
    /// The vote.
    pub id: VoteId,
    /// What is decided by it.
    pub kind: VoteKind,
    /// Who may learn a choice.
    pub secrecy: Secrecy,
    /// What counts as one head.
    pub unit: HeadUnit,
    /// Its title.
    pub title: String,
    /// The compound or building it is for.
    pub area: crate::AreaId,
    /// The area's name when the vote was drafted.
    pub area_name: String,
    /// Items on the paper.
    pub items: u32,
    /// The poll is open from this moment on.
    pub opens_at: Millis,
    /// The poll is open before this moment.
    pub closes_at: Millis,
    /// Where it stands now.
    pub phase: Phase,
}
