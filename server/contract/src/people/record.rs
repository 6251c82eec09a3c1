//! One's own record: who looked at what is sealed (个人信息保护法 arts. 44 and 45: the right to know
//! and to see).

use super::{SealedField, UnmaskReason};
use crate::{Millis, Role};
use serde::{Deserialize, Serialize};

/// One look at a sealed field of one's own, or an attempt that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// When.
    pub at: Millis,
    /// Who looked; none when the registry does not know them.
    pub name: Option<String>,
    /// As what they looked.
    pub role: Option<Role>,
    /// Which field.
    pub field: SealedField,
    /// Why, as they said.
    pub reason: UnmaskReason,
    /// They had no business here and were shown nothing.
    pub refused: bool,
}
