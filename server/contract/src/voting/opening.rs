//! Who holds the keys of a vote's urn.

use super::paper::coded;
use serde::{Deserialize, Serialize};

coded! {
    /// Which of the two keys somebody holds. An urn opens with one of each, from two persons.
    KeyPart {
        /// 组织人
        Organiser = "organiser",
        /// 监票人
        Scrutineer = "scrutineer",
    }
}

/// Somebody who holds an opening key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyHolder {
    /// The full name; empty where the registry knows none.
    pub name: String,
    /// Which key.
    pub part: KeyPart,
    /// Is it the one who asks?
    pub own: bool,
    /// Has their code been given since the poll closed?
    pub given: bool,
}

/// How far the opening of an urn has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpeningState {
    /// One code was given and waits for the other person's.
    Waiting,
    /// Both were given: the ballots are counted.
    Counted,
}
