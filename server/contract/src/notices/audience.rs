//! To whom a notice goes: places, a group of the people there, and what they have in common.

use crate::AreaId;
use serde::{Deserialize, Serialize};

/// A group of people of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// 居民：who lives there.
    Residents,
    /// 业主：who owns a dwelling there.
    Owners,
    /// 每户一人：the eldest of each household, where one message a home is enough.
    Households,
    /// 党员 who live there.
    PartyMembers,
    /// 网格员、社区工作者 who work there.
    Staff,
}

impl Group {
    /// Every group, in the order offered.
    pub const ALL: [Self; 5] = [Self::Residents, Self::Owners, Self::Households, Self::PartyMembers, Self::Staff];

    /// The name as stored and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Residents => "residents",
            Self::Owners => "owners",
            Self::Households => "households",
            Self::PartyMembers => "party_members",
            Self::Staff => "staff",
        }
    }

    /// The group of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }
}

/// What the people of an audience have in common, besides their group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// 成年人：18 and older (民法典 art. 17).
    Adults,
    /// 老年人：60 and older (老年人权益保障法 art. 2).
    Elders,
}

impl Tag {
    /// Every tag, in the order offered.
    pub const ALL: [Self; 2] = [Self::Adults, Self::Elders];

    /// The name as stored and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Adults => "adults",
            Self::Elders => "elders",
        }
    }

    /// The tag of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tag| tag.code() == code)
    }

    /// The age from which somebody belongs to it, in full years.
    pub fn from_age(self) -> i64 {
        match self {
            Self::Adults => 18,
            Self::Elders => 60,
        }
    }
}

/// Whom a notice is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// The place; who may write for it, decides it.
    pub area: AreaId,
    /// Buildings inside the place, in order; none for the whole of it.
    pub buildings: Vec<AreaId>,
    /// Who of the people there.
    pub group: Group,
    /// Only those who have this in common.
    pub tag: Option<Tag>,
}

impl Audience {
    /// The places to look for people in: none lies inside another.
    pub fn places(&self) -> Vec<AreaId> {
        if self.buildings.is_empty() { vec![self.area.clone()] } else { self.buildings.clone() }
    }
}
