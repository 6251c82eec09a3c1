//! The workers' side: lists, one notice, what would be sent.

use super::{Channel, Group, NoticeState, Progress, Tag};
use crate::ids::NoticeId;
use crate::people::AreaName;
use crate::{AreaId, Millis};
use serde::{Deserialize, Serialize};

/// What holds for a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSummary {
    /// The notice.
    pub id: NoticeId,
    /// Its title, of the newest version.
    pub title: String,
    /// The place it is for.
    pub area: AreaId,
    /// The place's name when the notice was written.
    pub area_name: String,
    /// Where it stands.
    pub state: NoticeState,
    /// 1, and one more with each correction.
    pub version: i64,
    /// When it goes out or went out; none for a draft.
    pub at: Option<Millis>,
    /// Waits for no morning and no preference.
    pub urgent: bool,
    /// For everybody to read.
    pub public: bool,
    /// Recipients may reply.
    pub replies: bool,
}

/// One row of the workers' list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// The notice.
    pub notice: NoticeSummary,
    /// People of the frozen audience; 0 before.
    pub recipients: i64,
    /// Who of them has read the newest version.
    pub read: i64,
}

/// What the workers' list asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticeFilter {
    /// Part of the title or of the place's name.
    pub search: String,
    /// A state's code, or empty for all.
    pub state: String,
    /// An area, its own notices and those inside it; empty for all.
    pub area: String,
    /// The key of the last row already seen; none for the first page.
    pub after: Option<String>,
}

impl NoticeFilter {
    /// The state wanted; text that names none asks for all.
    pub fn state(&self) -> Option<NoticeState> {
        NoticeState::from_code(&self.state)
    }

    /// The area wanted.
    pub fn area(&self) -> Option<AreaId> {
        self.area.parse().ok()
    }
}

/// One version of a notice's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its number, from 1.
    pub version: i64,
    /// The title.
    pub title: String,
    /// The text as safe HTML.
    pub html: String,
    /// What a correction says is different; empty for the first version.
    pub change: String,
    /// When it was written (the first) or sent (a correction).
    pub at: Millis,
}

/// One notice as workers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeDetail {
    /// The notice.
    pub notice: NoticeSummary,
    /// The buildings it is narrowed to; none for the whole place.
    pub buildings: Vec<AreaName>,
    /// Who of the people there.
    pub group: Group,
    /// Only those who have this in common.
    pub tag: Option<Tag>,
    /// The channels besides the app.
    pub channels: Vec<Channel>,
    /// Every version, newest first.
    pub versions: Vec<Version>,
    /// Why it was withdrawn, if it was.
    pub reason: Option<String>,
    /// What became of the newest version's messages.
    pub progress: Progress,
    /// Replies so far.
    pub answered: i64,
    /// Was it kept long enough who was told what? Only the counts are known then.
    pub purged: bool,
}

/// What would be sent, before it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The notice.
    pub detail: NoticeDetail,
    /// People who would receive it now.
    pub recipients: i64,
    /// Who of them has a phone for an SMS.
    pub phones: i64,
    /// When messages over SMS and WeChat would begin to go out, if they have to wait for the morning.
    pub waits_until: Option<Millis>,
}
