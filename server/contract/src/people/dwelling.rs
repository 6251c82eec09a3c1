//! What stands behind a door.

use serde::{Deserialize, Serialize};

/// What a dwelling of the registry is used for. Whether parking places and storerooms count in a vote is
/// for the owners' rules of procedure to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DwellingKind {
    /// 住宅
    #[default]
    Home,
    /// 商铺
    Shop,
    /// 车位
    Parking,
    /// 储藏室
    Storage,
}

impl DwellingKind {
    /// Every kind, in the order offered.
    pub const ALL: [Self; 4] = [Self::Home, Self::Shop, Self::Parking, Self::Storage];

    /// The name as stored, in forms and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Shop => "shop",
            Self::Parking => "parking",
            Self::Storage => "storage",
        }
    }

    /// The kind of this code, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_survives_its_code() {
        for kind in DwellingKind::ALL {
            assert_eq!(DwellingKind::from_code(kind.code()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.code()));
        }
        assert_eq!(DwellingKind::from_code("castle"), None);
    }
}
