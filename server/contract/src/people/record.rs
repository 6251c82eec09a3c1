//! One's own record: who looked at what is sealed (个人信息保护法 arts. 44 and 45: the right to know
//! and to see), and what else was done with it.

use super::{SealedField, UnmaskReason};
use crate::{Millis, Role};
use serde::{Deserialize, Serialize};

/// Something that was done with one's own record, or was tried and refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// When.
    pub at: Millis,
    /// By whom; none when the registry does not know them.
    pub name: Option<String>,
    /// As what they did it.
    pub role: Option<Role>,
    /// What.
    pub what: Trace,
    /// They had no business here: nothing was shown or done.
    pub refused: bool,
}

/// What leaves a trace on a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trace {
    /// A sealed field was shown, for this reason.
    Looked(SealedField, UnmaskReason),
    /// An account was tied to the person, by real name or at the desk.
    Bound,
    /// Another community's worker took the person in: they live there now.
    MovedIn,
    /// A list that was taken in changed these fields, by their codes.
    Changed(Vec<String>),
}
