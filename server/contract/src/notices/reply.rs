//! Replies, where a notice asks for them.

use crate::check::Checks;
use crate::ids::PersonId;
use crate::{Millis, Result};
use serde::{Deserialize, Serialize};

/// Longest reply, in characters.
pub const LONGEST_REPLY: u32 = 500;

/// What a recipient answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReplyForm {
    /// Plain text.
    pub text: String,
}

impl ReplyForm {
    /// The text that was typed.
    ///
    /// # Errors
    /// `text`: nothing, or longer than [`LONGEST_REPLY`].
    pub fn parse(&self) -> Result<String> {
        let mut checks = Checks::new();
        checks.text("text", &self.text, 1, LONGEST_REPLY);
        checks.done()?;
        Ok(self.text.trim().replace("\r\n", "\n"))
    }
}

/// What the list of replies asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReplyFilter {
    /// Part of the text.
    pub search: String,
    /// The key of the last row already seen; none for the first page.
    pub after: Option<String>,
}

/// One reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyRow {
    /// Who.
    pub person: PersonId,
    /// The full name.
    pub name: String,
    /// The home's address; empty when the registry knows none.
    pub address: String,
    /// What they say.
    pub text: String,
    /// When.
    pub at: Millis,
}
