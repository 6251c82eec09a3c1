//! Notices: what a community tells its people, to whom, over which channels, and what became of it.

mod audience;
mod delivery;
mod doorstep;
mod draft;
mod overview;
mod reading;
mod reply;

pub use audience::{Audience, Group, Tag};
pub use delivery::{
    Channel, ChannelCounts, Delivery, Progress, Receipt, ReceiptBatch, ReceiptState, RecipientFilter, RecipientRow, Why,
};
pub use doorstep::{Doorstep, UnreadBuilding, UnreadPerson};
pub use draft::{CorrectionForm, NoticeCorrection, NoticeDraft, NoticeForm, SendForm, WithdrawForm};
pub use overview::{NoticeDetail, NoticeFilter, NoticeLine, NoticeSummary, Preview, Version};
pub use reading::{BrowseFilter, NoticeView, Preferences, PreferencesChange, ReadLine, ReplyState};
pub use reply::{LONGEST_REPLY, ReplyFilter, ReplyForm, ReplyRow};

use serde::{Deserialize, Serialize};

/// Where a notice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeState {
    /// 草稿：only workers see it; everything can still change.
    Draft,
    /// 已定时：will be sent at its moment; can be taken back to a draft until then.
    Scheduled,
    /// 发送中：the audience is frozen, messages are on their way.
    Sending,
    /// 已发送
    Sent,
    /// 已撤回
    Withdrawn,
}

impl NoticeState {
    /// Every state, in the order of a notice's life.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Scheduled, Self::Sending, Self::Sent, Self::Withdrawn];

    /// The name as stored and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Has it gone out to its audience?
    pub fn is_out(self) -> bool {
        matches!(self, Self::Sending | Self::Sent | Self::Withdrawn)
    }
}
