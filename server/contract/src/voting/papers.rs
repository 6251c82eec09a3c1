//! Ballots on paper: printed with a code, handed out with proof, entered by two workers who do not see each
//! other's entry.

use super::paper::coded;
use super::{Item, VoteSummary, fits};
use crate::check::Checks;
use crate::{AreaId, Issue, Millis, Result};
use serde::{Deserialize, Serialize};

coded! {
    /// Where a paper ballot stands.
    PaperState {
        /// 已制票
        Issued = "issued",
        /// 已送达
        Delivered = "delivered",
        /// 已收回，待录入：no longer the head's to change.
        Received = "received",
        /// 待复录：entered once.
        Entered = "entered",
        /// 两次录入不一致
        Differs = "differs",
        /// 已计入
        Counted = "counted",
        /// 线上已投，不计入
        Clash = "clash",
    }
}

coded! {
    /// How a ballot reached the urn.
    Channel {
        /// 线上
        Online = "online",
        /// 纸质
        Paper = "paper",
    }
}

/// One paper ballot in the workers' table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperLine {
    /// Its number in the vote, from 1.
    pub number: i64,
    /// The head's first address.
    pub place: String,
    /// Its owners' masked names.
    pub names: String,
    /// Its area in 0.01 m².
    pub area_dm2: i64,
    /// Where it stands.
    pub state: PaperState,
    /// When it was handed out, if it was.
    pub delivered_at: Option<Millis>,
    /// Is there a proof of that, of this head's own?
    pub proven: bool,
    /// When it was handed in, if it was.
    pub received_at: Option<Millis>,
    /// When the head's ballot was cast online, if it was.
    pub online_at: Option<Millis>,
}

/// How far the paper side of a vote has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperProgress {
    /// Heads on the roll.
    pub heads: i64,
    /// Papers in each state, in the order of [`PaperState::ALL`].
    pub states: [i64; 7],
    /// Papers handed out with proof, whatever came of them.
    pub delivered: i64,
    /// Heads that voted online.
    pub online: i64,
}

impl PaperProgress {
    /// Papers in a state.
    pub fn of(&self, state: PaperState) -> i64 {
        PaperState::ALL.iter().position(|known| *known == state).map_or(0, |at| self.states[at])
    }

    /// Papers made.
    pub fn made(&self) -> i64 {
        self.states.iter().sum()
    }
}

/// What the workers' table asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaperFilter {
    /// A state's code; empty for all.
    pub state: String,
    /// Part of the address or of the masked names.
    pub search: String,
    /// A building of the roll; empty for all.
    pub building: String,
    /// The number of the last row already seen; none for the first page.
    pub after: Option<String>,
}

impl PaperFilter {
    /// The state wanted, as stored; empty for all, also for text that names none.
    pub fn state(&self) -> &'static str {
        PaperState::from_code(&self.state).map_or("", PaperState::code)
    }

    /// The building wanted.
    pub fn building(&self) -> Option<AreaId> {
        self.building.parse().ok()
    }
}

/// One paper ballot to be entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperSheet {
    /// The vote.
    pub vote: VoteSummary,
    /// The paper.
    pub line: PaperLine,
    /// What is asked on it.
    pub items: Vec<Item>,
    /// Which entry this would be, from 1; none when nothing is left to be entered.
    pub turn: Option<i64>,
    /// Did the caller enter it before? Then somebody else must.
    pub own: bool,
    /// What the first and the second entered, for who settles their difference; empty for everybody else.
    pub entries: Vec<Marked>,
    /// Has it a scan?
    pub scanned: bool,
    /// How many scans the caller may look at: those of a paper that is theirs to enter next, or a scrutineer's.
    pub scans: usize,
    /// May the caller take back that it was handed in?
    pub waives: bool,
    /// Until when it can be entered.
    pub until: Millis,
}

/// What somebody read off a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// The options' numbers, item by item; empty for an invalid paper.
    pub choices: Vec<Vec<u32>>,
    /// It cannot be counted: unclear, torn, more marks than allowed.
    pub invalid: bool,
}

impl Marked {
    /// Does it fit the paper?
    ///
    /// # Errors
    /// As [`fits`]; an invalid paper fits without marks only (`choices`: `Contradiction`).
    pub fn check(&self, items: &[Item]) -> Result<()> {
        if !self.invalid {
            return fits(items, &self.choices);
        }
        let mut checks = Checks::new();
        checks.ensure(self.choices.iter().all(Vec::is_empty), "choices", Issue::Contradiction);
        checks.done()
    }
}

/// What an entry led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entered {
    /// The first entry: a second worker enters it again.
    First,
    /// Two entries agree, or the third settled it: the ballot is in the urn.
    Counted,
    /// The two differ: a third person settles it.
    Differs,
    /// The head voted online before: this paper does not count.
    Clash,
}

impl Entered {
    /// The key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Counted => "counted",
            Self::Differs => "differs",
            Self::Clash => "clash",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_paper_has_no_marks() {
        let marked = |choices: &[&[u32]], invalid| Marked {
            choices: choices.iter().map(|marks| marks.to_vec()).collect(),
            invalid,
        };
        assert!(marked(&[&[]], true).check(&[]).is_ok());
        assert!(marked(&[&[1]], true).check(&[]).is_err());
        assert!(marked(&[&[1]], false).check(&[]).is_err());
    }

    #[test]
    fn progress_adds_up() {
        let progress = PaperProgress { states: [5, 4, 3, 2, 1, 0, 0], ..PaperProgress::default() };
        assert_eq!((progress.made(), progress.of(PaperState::Differs)), (15, 1));
    }
}
