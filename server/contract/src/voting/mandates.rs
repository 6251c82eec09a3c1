//! Mandates (委托): an owner lets somebody else cast their ballot in one vote.

use super::paper::coded;
use super::{RollEntry, VoteSummary};
use crate::check::{Checks, is_mobile};
use crate::ids::{MandateId, VoteId};
use crate::{Issue, Millis, Result};
use serde::{Deserialize, Serialize};

coded! {
    /// Where a mandate stands.
    MandateState {
        /// 有效
        Active = "active",
        /// 已代投
        Used = "used",
        /// 已撤销
        Revoked = "revoked",
        /// 业主已自行投票
        Ended = "ended",
    }
}

/// A mandate as typed, by the owner or by a worker at the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MandateForm {
    /// The head whose ballot it is about; a worker leaves it empty and names the owner.
    pub head: String,
    /// The owner's phone; only a worker fills it in.
    pub owner_phone: String,
    /// The owner's full name; as the phone.
    pub owner_name: String,
    /// The agent's phone.
    pub phone: String,
    /// The agent's full name: it must belong to the phone.
    pub name: String,
    /// The stored picture of the signed mandate.
    pub photo: String,
    /// Idempotency key.
    pub key: String,
}

impl MandateForm {
    /// What holds for every mandate; `desk` when a worker writes it for an owner.
    ///
    /// # Errors
    /// `phone`, `owner_phone`: `Required`, `Format`; `name`, `owner_name`: `Required`, `TooLong`; `photo`:
    /// `Required`.
    pub fn check(&self, desk: bool) -> Result<()> {
        let mut checks = Checks::new();
        let mut person = |phone: (&str, &str), name: (&str, &str)| {
            let issue = if phone.1.trim().is_empty() { Issue::Required } else { Issue::Format };
            checks.ensure(is_mobile(phone.1.trim()), phone.0, issue);
            checks.text(name.0, name.1, 1, 30);
        };
        if desk {
            person(("owner_phone", &self.owner_phone), ("owner_name", &self.owner_name));
        }
        person(("phone", &self.phone), ("name", &self.name));
        checks.ensure(!self.photo.is_empty(), "photo", Issue::Required);
        checks.done()
    }
}

/// One mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// The mandate.
    pub id: MandateId,
    /// The vote.
    pub vote: VoteId,
    /// The head, as [`RollEntry::head`].
    pub head: String,
    /// The owner's full name.
    pub owner: String,
    /// The agent's full name.
    pub agent: String,
    /// Where it stands.
    pub state: MandateState,
    /// When it was given.
    pub at: Millis,
    /// When it was used, revoked or ended.
    pub ended_at: Option<Millis>,
    /// A worker entered it at the desk.
    pub desk: bool,
    /// The picture of the signed mandate.
    pub photo: String,
}

/// What the caller gave and holds in one vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnMandates {
    /// The vote.
    pub vote: VoteSummary,
    /// The heads that the caller may give one for now: not voted, none active, the poll not closed.
    pub heads: Vec<RollEntry>,
    /// Most mandates that one agent may hold in this vote.
    pub limit: i64,
    /// Mandates that the caller gave, newest first.
    pub given: Vec<Mandate>,
    /// Mandates that the caller holds as agent, newest first.
    pub held: Vec<Mandate>,
}

/// What the workers' table asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MandateFilter {
    /// A state's code; empty for all.
    pub state: String,
    /// The key of the last row already seen; none for the first page.
    pub after: Option<String>,
}

impl MandateFilter {
    /// The state wanted, as stored; empty for all, also for text that names none.
    pub fn state(&self) -> &'static str {
        MandateState::from_code(&self.state).map_or("", MandateState::code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn at_the_desk_the_owner_is_named_too() {
        let form = MandateForm { phone: "13855900001".into(), name: "王秀兰".into(), ..MandateForm::default() };
        let fields = |desk| match form.check(desk) {
            Err(Error::Invalid(faults)) => faults.into_iter().map(|fault| fault.field).collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        assert_eq!(fields(false), ["photo"]);
        assert_eq!(fields(true), ["owner_phone", "owner_name", "photo"]);
    }
}
