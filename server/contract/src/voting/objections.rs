//! Objections to the roll before a poll opens (异议), and appeals against its result (复核).

use super::paper::coded;
use super::{RollEntry, VoteSummary};
use crate::check::{Checks, is_mobile};
use crate::ids::ObjectionId;
use crate::{Error, Issue, Millis, Result};
use serde::{Deserialize, Serialize};

/// Longest text of an objection or of a decision, in characters.
pub const MAX_TEXT: u32 = 500;
/// Stands in a form for a head that is none of the author's.
pub const OTHER_HEAD: &str = "other";

coded! {
    /// What an objection is against.
    Stage {
        /// The roll, between announcement and opening.
        Roll = "roll",
        /// The published result.
        Result = "result",
    }
}

coded! {
    /// What is said to be wrong.
    Ground {
        /// 漏登：an owner is missing from the roll.
        Missing = "missing",
        /// 面积有误
        WrongArea = "wrong_area",
        /// 共有人应由另一人投票
        WrongVoter = "wrong_voter",
        /// 名册上的人不是业主
        NotOwner = "not_owner",
        /// 计票有误
        Count = "count",
        /// 被冒名投票
        Identity = "identity",
        /// 程序不合规定
        Procedure = "procedure",
    }
}

impl Ground {
    /// What it can be said against.
    pub fn stage(self) -> Stage {
        match self {
            Self::Missing | Self::WrongArea | Self::WrongVoter | Self::NotOwner => Stage::Roll,
            Self::Count | Self::Identity | Self::Procedure => Stage::Result,
        }
    }

    /// Is one head of the roll wrong? Who is missing has none yet.
    pub fn names_head(self) -> bool {
        matches!(self, Self::WrongArea | Self::WrongVoter | Self::NotOwner)
    }
}

coded! {
    /// Where an objection stands.
    ObjectionState {
        /// 待处理
        Open = "open",
        /// 成立
        Granted = "granted",
        /// 不成立
        Refused = "refused",
        /// 已撤回
        Withdrawn = "withdrawn",
    }
}

/// An objection as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ObjectionForm {
    /// A [`Ground`]'s code.
    pub ground: String,
    /// The head that is meant, of those of the author, or [`OTHER_HEAD`]; empty for their only one.
    pub head: String,
    /// What is wrong, in the resident's words.
    pub text: String,
    /// A stored picture's file name; empty without one.
    pub photo: String,
    /// Idempotency key: a form sent again makes no second objection.
    pub key: String,
}

impl ObjectionForm {
    /// The ground, if form and stage allow it.
    ///
    /// # Errors
    /// `ground`: `Required` or `Unknown`; `text`: `Required`, `TooLong`.
    pub fn check(&self, stage: Stage) -> Result<Ground> {
        let mut checks = Checks::new();
        let ground = Ground::from_code(&self.ground).filter(|ground| ground.stage() == stage);
        let issue = if self.ground.is_empty() { Issue::Required } else { Issue::Unknown };
        checks.ensure(ground.is_some(), "ground", issue);
        checks.text("text", &self.text, 1, MAX_TEXT);
        checks.done()?;
        ground.ok_or(Error::Internal)
    }

    /// The head that is meant, of the author's heads on the roll; none for somebody else's, and where the ground
    /// is about no head.
    ///
    /// # Errors
    /// `head`: `Required` where the author has several and none is chosen, `Unknown` for one that is not theirs.
    pub fn head_of(&self, ground: Ground, own: &[RollEntry]) -> Result<Option<String>> {
        if !ground.names_head() || self.head == OTHER_HEAD {
            return Ok(None);
        }
        match own {
            _ if !self.head.is_empty() => match own.iter().any(|entry| entry.head == self.head) {
                true => Ok(Some(self.head.clone())),
                false => Err(Error::field("head", Issue::Unknown)),
            },
            [] => Ok(None),
            [only] => Ok(Some(only.head.clone())),
            _ => Err(Error::field("head", Issue::Required)),
        }
    }
}

/// One objection as its author sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// The objection.
    pub id: ObjectionId,
    /// What is said to be wrong.
    pub ground: Ground,
    /// The head that is meant; empty where none was named.
    pub head: String,
    /// Its door, while it is on the roll.
    pub place: Option<String>,
    /// In the author's words.
    pub text: String,
    /// A stored picture's file name.
    pub photo: Option<String>,
    /// Where it stands.
    pub state: ObjectionState,
    /// When it was made.
    pub at: Millis,
    /// Why it was decided so; none before.
    pub reason: Option<String>,
    /// When it was decided.
    pub decided_at: Option<Millis>,
}

/// A resident's objections to one vote, and whether another can be made now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnObjections {
    /// The vote.
    pub vote: VoteSummary,
    /// What can be objected to now; none outside both windows.
    pub stage: Option<Stage>,
    /// Until when.
    pub until: Option<Millis>,
    /// The caller's heads on the roll, one of which can be meant.
    pub heads: Vec<RollEntry>,
    /// The caller's objections, newest first.
    pub rows: Vec<Objection>,
}

/// One row of the workers' table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionLine {
    /// The objection.
    pub objection: Objection,
    /// Whose it is: the full name, for who decides must know.
    pub name: String,
    /// Their home.
    pub address: String,
}

/// What the workers' table asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ObjectionFilter {
    /// A state's code; empty for all.
    pub state: String,
    /// A stage's code; empty for both.
    pub stage: String,
    /// The key of the last row already seen; none for the first page.
    pub after: Option<String>,
}

impl ObjectionFilter {
    /// The state wanted, as stored; empty for all, also for text that names none.
    pub fn state(&self) -> &'static str {
        ObjectionState::from_code(&self.state).map_or("", ObjectionState::code)
    }

    /// The stage wanted; as [`ObjectionFilter::state`].
    pub fn stage(&self) -> &'static str {
        Stage::from_code(&self.stage).map_or("", Stage::code)
    }
}

/// A worker's decision as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    /// The objection.
    pub objection: String,
    /// `granted` or `refused`.
    pub decision: String,
    /// Why; the author is told.
    pub reason: String,
    /// The head that is changed; empty for the one that the author named, else the only one of the person
    /// concerned.
    pub head: String,
    /// The phone of whom the roll is changed for; empty for the author.
    pub phone: String,
    /// The area that counts for them from now on, in m² (`128.46`); for [`Ground::Missing`] and
    /// [`Ground::WrongArea`].
    pub area: String,
}

/// A decision that can be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The objection.
    pub objection: ObjectionId,
    /// Is it right?
    pub granted: bool,
    /// Why.
    pub reason: String,
    /// The head that is changed, where it was chosen.
    pub head: Option<String>,
    /// The phone of the person concerned, where it is not the author.
    pub phone: Option<String>,
    /// The area typed, in 0.01 m².
    pub area_dm2: Option<i64>,
}

impl DecisionForm {
    /// The decision that was typed.
    ///
    /// # Errors
    /// `decision`: `Required`; `reason`: `Required`, `TooLong`; `phone`, `area`: `Format`; `objection`:
    /// `Unknown`.
    pub fn parse(&self) -> Result<Decision> {
        let mut checks = Checks::new();
        let granted = match self.decision.as_str() {
            "granted" => Some(true),
            "refused" => Some(false),
            _ => None,
        };
        checks.ensure(granted.is_some(), "decision", Issue::Required);
        checks.text("reason", &self.reason, 1, MAX_TEXT);
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let (head, phone) = (given(&self.head), given(&self.phone));
        checks.ensure(phone.as_deref().is_none_or(is_mobile), "phone", Issue::Format);
        let area_dm2 = square_metres(&self.area);
        checks.ensure(area_dm2.is_some() || self.area.trim().is_empty(), "area", Issue::Format);
        let objection = self.objection.parse::<ObjectionId>().ok();
        checks.ensure(objection.is_some(), "objection", Issue::Unknown);
        checks.done()?;
        match (objection, granted) {
            (Some(objection), Some(granted)) => {
                Ok(Decision { objection, granted, reason: self.reason.trim().to_owned(), head, phone, area_dm2 })
            }
            _ => Err(Error::Internal),
        }
    }
}

/// `128.46` as 12846; none for anything else, for nothing and for more than 100,000 m².
fn square_metres(text: &str) -> Option<i64> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let area: i64 = format!("{whole}{part:0<2}").parse().ok()?;
    (1..=10_000_000).contains(&area).then_some(area)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_read_to_the_hundredth() {
        assert_eq!(square_metres("128.46"), Some(12_846));
        assert_eq!((square_metres(" 90 "), square_metres("90.5")), (Some(9_000), Some(9_050)));
        for wrong in ["", "0", "-1", "1.234", "1,5", ".5", "a", "1000000"] {
            assert_eq!(square_metres(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_ground_fits_its_stage() {
        let form = |ground: &str| ObjectionForm { ground: ground.into(), text: "x".into(), ..ObjectionForm::default() };
        assert_eq!(form("missing").check(Stage::Roll), Ok(Ground::Missing));
        assert_eq!(form("missing").check(Stage::Result), Err(Error::field("ground", Issue::Unknown)));
        assert_eq!(form("").check(Stage::Result), Err(Error::field("ground", Issue::Required)));
    }

    #[test]
    fn a_decision_wants_a_reason() {
        let form = DecisionForm { decision: "granted".into(), phone: "1".into(), ..DecisionForm::default() };
        let Err(Error::Invalid(faults)) = form.parse() else { panic!("accepted") };
        assert_eq!(faults.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), ["reason", "phone", "objection"]);
    }
}
