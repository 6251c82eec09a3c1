//! What verbs answer inside the server: the public error, or a defect that only the log may see.

use contract::{Fault, Issue, Refusal};

/// Result of verbs and foundations.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A public error, or trouble of our own.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something the caller is told as it is.
    #[error(transparent)]
    Public(#[from] contract::Error),
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Db(#[from] sqlx::Error),
    /// Any other outage or defect; the text is for the log.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// A defect or outage, described for the log.
    pub fn internal(what: impl std::fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }

    /// One field that does not hold.
    pub fn field(field: &str, issue: Issue) -> Self {
        contract::Error::Invalid(vec![Fault { field: field.to_owned(), issue }]).into()
    }

    /// What the caller may know. Logs what they may not.
    pub fn public(&self) -> contract::Error {
        match self {
            Self::Public(error) => error.clone(),
            Self::Db(sqlx::Error::PoolTimedOut) => contract::Error::Busy,
            Self::Db(error) => {
                tracing::error!(%error, "database error");
                contract::Error::Internal
            }
            Self::Internal(error) => {
                tracing::error!(%error, "internal error");
                contract::Error::Internal
            }
        }
    }

    /// A unique slot was taken: the constraint spoke.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Db(sqlx::Error::Database(e)) if e.is_unique_violation())
    }

    /// PostgreSQL asks to run the transaction again (serialization failure, deadlock).
    pub(crate) fn wants_retry(&self) -> bool {
        matches!(self, Self::Db(sqlx::Error::Database(e)) if matches!(e.code().as_deref(), Some("40001" | "40P01")))
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Public(refusal.into())
    }
}
