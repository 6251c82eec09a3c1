//! Reminders to who has not voted.

use crate::Millis;
use serde::{Deserialize, Serialize};

/// One reminder that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Its number in the vote, from 1.
    pub number: i64,
    /// When.
    pub at: Millis,
}

/// The reminders of a vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminders {
    /// Most that the vote's rules allow.
    pub most: i64,
    /// Those sent, in their order.
    pub sent: Vec<Reminder>,
    /// May another be sent now?
    pub may_send: bool,
}
