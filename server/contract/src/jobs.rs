//! Background work as staff see it.

use serde::{Deserialize, Serialize};

use crate::Millis;
use crate::ids::JobId;

/// A job that was given up after its last attempt. Its payload is not shown: it may name people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadJob {
    /// The job.
    pub id: JobId,
    /// What it was to do, e.g. `inbox.remind`.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was given up.
    pub dead_at: Millis,
    /// What went wrong the last time.
    pub last_error: String,
}
