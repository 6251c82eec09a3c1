//! One message to one person over one channel, and what became of it.

use crate::ids::PersonId;
use crate::{AreaId, Millis};
use serde::{Deserialize, Serialize};

/// A way to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 站内消息：always, for everybody.
    App,
    /// 短信
    Sms,
    /// 微信订阅消息
    Wechat,
}

impl Channel {
    /// Every channel, the one inside first.
    pub const ALL: [Self; 3] = [Self::App, Self::Sms, Self::Wechat];

    /// The name as stored, in addresses and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Sms => "sms",
            Self::Wechat => "wechat",
        }
    }

    /// The channel of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// 排队中：not handed over yet, or to be tried again.
    Queued,
    /// 已发出：the gateway took it.
    Sent,
    /// 已送达：it is on the phone, or in the inbox.
    Delivered,
    /// 已读
    Read,
    /// 失败：for a reason that trying again does not change.
    Failed,
    /// 不发送：not wanted or not needed.
    Skipped,
}

impl Delivery {
    /// Every status, in the order of a message's life.
    pub const ALL: [Self; 6] = [Self::Queued, Self::Sent, Self::Delivered, Self::Read, Self::Failed, Self::Skipped];

    /// The name as stored and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }

    /// The status of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// Why a message failed or was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The registry has no phone.
    NoPhone,
    /// The person does not want this channel.
    OptedOut,
    /// The gateway refuses this recipient: no such number, or nobody subscribed.
    Unreachable,
    /// The gateway took it and could not bring it.
    Undelivered,
    /// The gateway did not answer in all attempts.
    GaveUp,
    /// The channel is not set up.
    NoGateway,
    /// The notice was withdrawn before.
    Withdrawn,
    /// The notice was corrected before.
    Corrected,
}

impl Why {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::NoPhone,
        Self::OptedOut,
        Self::Unreachable,
        Self::Undelivered,
        Self::GaveUp,
        Self::NoGateway,
        Self::Withdrawn,
        Self::Corrected,
    ];

    /// The name as stored and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoPhone => "no_phone",
            Self::OptedOut => "opted_out",
            Self::Unreachable => "unreachable",
            Self::Undelivered => "undelivered",
            Self::GaveUp => "gave_up",
            Self::NoGateway => "no_gateway",
            Self::Withdrawn => "withdrawn",
            Self::Corrected => "corrected",
        }
    }

    /// The reason of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// How many of one channel's messages stand where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelCounts {
    /// The channel.
    pub channel: Channel,
    /// Counts in the order of [`Delivery::ALL`].
    pub counts: [i64; 6],
}

impl ChannelCounts {
    /// A channel without messages.
    pub fn none(channel: Channel) -> Self {
        Self { channel, counts: [0; 6] }
    }

    /// Messages of a status.
    pub fn of(&self, status: Delivery) -> i64 {
        Delivery::ALL.iter().zip(self.counts).find(|(known, _)| **known == status).map_or(0, |(_, count)| count)
    }

    /// Messages in all.
    pub fn all(&self) -> i64 {
        self.counts.iter().sum()
    }
}

/// How far a notice has come, on each of its channels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// People of the frozen audience.
    pub recipients: i64,
    /// Who of them has read it.
    pub read: i64,
    /// One entry a channel used, the app first.
    pub channels: Vec<ChannelCounts>,
}

/// What the recipients' list asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecipientFilter {
    /// A channel's code; the app's when empty.
    pub channel: String,
    /// A status's code, or empty for all.
    pub status: String,
    /// The key of the last row already seen; none for the first page.
    pub after: Option<String>,
}

impl RecipientFilter {
    /// The channel wanted.
    pub fn channel(&self) -> Channel {
        Channel::from_code(&self.channel).unwrap_or(Channel::App)
    }

    /// The status wanted; text that names none asks for all.
    pub fn status(&self) -> Option<Delivery> {
        Delivery::from_code(&self.status)
    }
}

/// One recipient on one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipientRow {
    /// Who.
    pub person: PersonId,
    /// The full name.
    pub name: String,
    /// The home's address; empty when the registry knows none.
    pub address: String,
    /// The building that the audience lists them under.
    pub building: AreaId,
    /// What became of the message.
    pub status: Delivery,
    /// Why, for what failed or was left out.
    pub why: Option<Why>,
    /// Attempts to hand it over.
    pub attempts: i64,
    /// When the status changed last.
    pub at: Millis,
}

/// What a gateway says became of a message that it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptState {
    /// It is on the phone.
    Delivered,
    /// It was opened there.
    Read,
    /// It could not be brought.
    Failed,
}

/// One delivery receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The key that the message was handed over with.
    pub key: String,
    /// What became of it.
    pub status: ReceiptState,
}

/// The receipts that a gateway brings together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptBatch {
    /// At most [`ReceiptBatch::MOST`].
    pub receipts: Vec<Receipt>,
}

impl ReceiptBatch {
    /// Receipts in one batch at most.
    pub const MOST: usize = 500;
}
