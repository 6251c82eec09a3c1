//! The residents' side: what was told them, what their community tells everybody, how they want to hear.

use super::{NoticeSummary, Version};
use crate::Millis;
use serde::{Deserialize, Serialize};

/// What the residents' list asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BrowseFilter {
    /// `public`: what the community tells everybody; else what was sent to the reader.
    pub tab: String,
    /// Part of the title.
    pub search: String,
    /// `1`: only what the reader has not read.
    pub unread: String,
    /// The key of the last row already seen; none for the first page.
    pub after: Option<String>,
}

impl BrowseFilter {
    /// Asks for what the community tells everybody.
    pub fn is_public(&self) -> bool {
        self.tab == "public"
    }
}

/// One row of the residents' list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadLine {
    /// The notice.
    pub notice: NoticeSummary,
    /// When its newest version came.
    pub at: Millis,
    /// The first words of the text; empty for what is withdrawn.
    pub excerpt: String,
    /// Sent to the reader, who has not opened it.
    pub unread: bool,
}

/// Whether a reader may reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyState {
    /// Nobody was asked, or the reader was not.
    NotInvited,
    /// They may.
    Invited,
    /// They have, with this text at this moment.
    Replied(String, Millis),
}

/// One notice as a resident sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    /// The notice.
    pub notice: NoticeSummary,
    /// Every version, newest first; none of what is withdrawn.
    pub versions: Vec<Version>,
    /// Lines that the newest correction took away (false) and put in (true); empty without one.
    pub changes: Vec<(bool, String)>,
    /// Why it was withdrawn, if it was.
    pub reason: Option<String>,
    /// Whether they may reply.
    pub reply: ReplyState,
}

/// The channels on which somebody wants to hear of what is not urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// By SMS.
    pub sms: bool,
    /// By WeChat.
    pub wechat: bool,
}

/// What somebody changes about them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreferencesChange {
    /// By SMS; none for as it is.
    pub sms: Option<bool>,
    /// By WeChat; none for as it is.
    pub wechat: Option<bool>,
}

impl Default for Preferences {
    /// Both, until one says otherwise.
    fn default() -> Self {
        Self { sms: true, wechat: true }
    }
}
