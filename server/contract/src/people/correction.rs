//! Corrections of one's record: asked for by the resident, decided by a worker.

use crate::check::{Checks, is_id_number, is_mobile};
use crate::ids::{CorrectionId, PersonId};
use crate::{Error, Issue, Millis, PageRequest, Result};
use serde::{Deserialize, Serialize};

/// Longest name or address.
const LONGEST: u32 = 60;

/// Declares an enum with its codes.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident: $($(#[$of:meta])* $variant:ident = $code:literal,)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$of])* $variant,)* }
        impl $name {
            /// All of them, in the order offered.
            pub const ALL: &[Self] = &[$(Self::$variant),*];
            /// The name as stored, in forms and as key of its text.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
            /// The one of this code, if there is one.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

coded! {
    /// What can be corrected. All of it matters to others, so that a worker decides.
    CorrectedField:
    /// The full name.
    Name = "name",
    /// The phone.
    Phone = "phone",
    /// The identity number.
    IdNumber = "id_number",
    /// Where the person lives.
    Address = "address",
}

coded! {
    /// How far a correction is.
    CorrectionState:
    /// A worker has to decide.
    Pending = "pending",
    /// Entered into the registry.
    Approved = "approved",
    /// Not entered.
    Refused = "refused",
    /// Taken back by who asked.
    Withdrawn = "withdrawn",
}

coded! {
    /// Why a correction was refused. A choice and not a text: it is told in the reader's language, and the log
    /// holds no personal data.
    CorrectionReason:
    /// 需要本人携带证件到社区办理
    BringProof = "bring_proof",
    /// 与证件或产权资料不一致
    Contradicts = "contradicts",
    /// 填写的内容不完整
    Incomplete = "incomplete",
}

/// Asks for a correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskCorrection {
    /// The field's code.
    #[serde(default)]
    pub field: String,
    /// What it should be.
    #[serde(default)]
    pub value: String,
}

impl AskCorrection {
    /// Field and value, the value without spaces around (of a phone or a number: without any).
    ///
    /// # Errors
    /// [`Error::Invalid`] (`field`, `value`).
    pub fn check(&self) -> Result<(CorrectedField, String)> {
        let field = CorrectedField::from_code(&self.field).ok_or_else(|| Error::field("field", Issue::Required))?;
        let plain: String = self.value.chars().filter(|c| !c.is_whitespace()).collect();
        let mut checks = Checks::new();
        let value = match field {
            CorrectedField::Name | CorrectedField::Address => {
                checks.text("value", &self.value, 1, LONGEST);
                self.value.trim().to_owned()
            }
            CorrectedField::Phone => {
                checks.text("value", &plain, 1, LONGEST);
                checks.ensure(plain.is_empty() || is_mobile(&plain), "value", Issue::Format);
                plain
            }
            CorrectedField::IdNumber => {
                checks.text("value", &plain, 1, LONGEST);
                checks.ensure(plain.is_empty() || is_id_number(&plain), "value", Issue::CheckDigit);
                plain.to_ascii_uppercase()
            }
        };
        checks.done().map(|()| (field, value))
    }
}

/// A correction as its person and the workers see it; what is sealed in the registry is masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionLine {
    /// Which.
    pub id: CorrectionId,
    /// Whose record.
    pub person: PersonId,
    /// Their name in the registry now.
    pub name: String,
    /// What is to be corrected.
    pub field: CorrectedField,
    /// What the registry says now; empty when it says nothing.
    pub now: String,
    /// What it should say.
    pub wanted: String,
    /// When it was asked for.
    pub asked_at: Millis,
    /// How far it is.
    pub state: CorrectionState,
    /// When it was decided or taken back.
    pub decided_at: Option<Millis>,
    /// Why it was refused.
    pub reason: Option<CorrectionReason>,
}

/// Narrows the workers' list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CorrectionFilter {
    /// The state's code; pending when empty.
    pub state: String,
    /// The field's code; any when empty.
    pub field: String,
    /// Which part of the list.
    #[serde(flatten)]
    pub page: PageRequest,
}

/// Decides a correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecideCorrection {
    /// `approve` or `refuse`.
    #[serde(default)]
    pub decision: String,
    /// The reason's code, of a refusal.
    #[serde(default)]
    pub reason: String,
}

impl DecideCorrection {
    /// None for an approval, the reason of a refusal.
    ///
    /// # Errors
    /// [`Error::Invalid`] (`reason`) for a refusal without one.
    pub fn check(&self) -> Result<Option<CorrectionReason>> {
        match self.decision.as_str() {
            "approve" => Ok(None),
            _ => CorrectionReason::from_code(&self.reason)
                .map(Some)
                .ok_or_else(|| Error::field("reason", Issue::Required)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(field: &str, value: &str) -> Result<(CorrectedField, String)> {
        AskCorrection { field: field.into(), value: value.into() }.check()
    }

    #[test]
    fn each_field_is_checked_in_its_own_way() {
        assert_eq!(ask("phone", "138 5590 0001"), Ok((CorrectedField::Phone, "13855900001".into())));
        assert_eq!(ask("id_number", "11010519491231002x"), Ok((CorrectedField::IdNumber, "11010519491231002X".into())));
        assert_eq!(ask("name", " 王秀兰 "), Ok((CorrectedField::Name, "王秀兰".into())));
        assert_eq!(ask("phone", "123"), Err(Error::field("value", Issue::Format)));
        assert_eq!(ask("id_number", "110105194912310021"), Err(Error::field("value", Issue::CheckDigit)));
        assert_eq!(ask("address", " "), Err(Error::field("value", Issue::Required)));
        assert_eq!(ask("", "x"), Err(Error::field("field", Issue::Required)));
    }

    #[test]
    fn a_refusal_has_a_reason() {
        let decide =
            |decision: &str, reason: &str| DecideCorrection { decision: decision.into(), reason: reason.into() };
        assert_eq!(decide("approve", "").check(), Ok(None));
        assert_eq!(decide("refuse", "bring_proof").check(), Ok(Some(CorrectionReason::BringProof)));
        assert_eq!(decide("refuse", "").check(), Err(Error::field("reason", Issue::Required)));
    }
}
