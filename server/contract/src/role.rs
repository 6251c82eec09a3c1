//! Roles. A role is granted on an area and holds in everything inside it.

use serde::{Deserialize, Serialize};

/// Who somebody is towards an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 居民：lives in or owns a dwelling there (derived from the registry, never granted by hand).
    Resident,
    /// 党员
    PartyMember,
    /// 网格员
    GridWorker,
    /// 社区工作者
    CommunityWorker,
    /// 监票人：watches over counts; never organises the vote that they watch.
    Scrutineer,
    /// 管理员
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] = [
        Self::Resident,
        Self::PartyMember,
        Self::GridWorker,
        Self::CommunityWorker,
        Self::Scrutineer,
        Self::Administrator,
    ];

    /// The name as stored and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::PartyMember => "party_member",
            Self::GridWorker => "grid_worker",
            Self::CommunityWorker => "community_worker",
            Self::Scrutineer => "scrutineer",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a stored name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Roles that act for the community: they sign in with a second factor.
    pub fn is_staff(self) -> bool {
        !matches!(self, Self::Resident | Self::PartyMember)
    }
}
