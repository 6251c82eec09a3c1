//! Messages to a resident: the list, the badge, and the live stream that feeds it.

use crate::ids::NoteId;
use crate::{Millis, Page};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One message as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The message's id.
    pub id: NoteId,
    /// When it was sent.
    pub at: Millis,
    /// The key of its text in the sending room's locale file, e.g. `points.note.voting_cast`.
    pub kind: String,
    /// What stands in the text's `%{name}` places.
    pub params: BTreeMap<String, String>,
    /// The page that it leads to, as a path of this site.
    pub link: String,
    /// Not opened yet.
    pub unread: bool,
}

/// The inbox page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    /// Messages not opened yet, on all pages.
    pub unread: i64,
    /// Messages, newest first.
    pub notes: Page<Note>,
}

/// What the inbox page asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InboxFilter {
    /// The room that sent the messages; empty for all.
    pub room: String,
    /// `1`: only what is not opened yet.
    pub unread: String,
    /// Part of what a message names: a title, a place.
    pub search: String,
    /// The key of the last row already seen; none for the first page.
    pub after: Option<String>,
    /// Rows wanted; see [`crate::PageRequest::limit`].
    pub size: Option<u16>,
}

/// Opens a message: marks it read and leads to its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenNote {
    /// The message.
    pub note: NoteId,
}
