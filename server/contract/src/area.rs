//! The area tree: city > county > street > community > grid > compound > building > unit > household.
//!
//! An area's id is its path of codes joined by dots, so that "inside" is a prefix and a subtree is
//! one index range. The first four codes are the official ones (GB/T 2260 and the statistics
//! bureau's 12-digit community codes): `341003` (Huangshan District), `001` street, `004` community.

use serde::{Deserialize, Serialize};

/// The place of an area in the tree, e.g. `3410.03.001.004.g01.c01.b02.u1`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "db", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct AreaId(String);

/// The levels of the tree, outermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaKind {
    /// 市
    City,
    /// 区、县
    County,
    /// 街道、镇、乡
    Street,
    /// 社区、村
    Community,
    /// 网格
    Grid,
    /// 小区
    Compound,
    /// 幢
    Building,
    /// 单元
    Unit,
    /// 户室
    Household,
}

impl AreaKind {
    /// All levels, outermost first; a level's position is its depth in the tree.
    pub const ALL: [Self; 9] = [
        Self::City,
        Self::County,
        Self::Street,
        Self::Community,
        Self::Grid,
        Self::Compound,
        Self::Building,
        Self::Unit,
        Self::Household,
    ];

    /// The name as stored and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::County => "county",
            Self::Street => "street",
            Self::Community => "community",
            Self::Grid => "grid",
            Self::Compound => "compound",
            Self::Building => "building",
            Self::Unit => "unit",
            Self::Household => "household",
        }
    }
}

/// Text from outside that names no place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an area")]
pub struct NotAnArea;

impl AreaId {
    /// The city of Huangshan, the root of the tree.
    pub fn city() -> Self {
        Self("3410".to_owned())
    }

    /// The area one level further in, named by its code.
    pub fn child(&self, code: &str) -> Self {
        Self(format!("{}.{code}", self.0))
    }

    /// The id as stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// First text past the subtree: `id >= self AND id < self.end()` is the area and all inside it
    /// (codes are alphanumeric, and `/` is the character after the dot).
    pub fn end(&self) -> String {
        format!("{}/", self.0)
    }

    /// Is `other` this area or inside it?
    pub fn holds(&self, other: &AreaId) -> bool {
        other.0.strip_prefix(&self.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// The level of this area.
    pub fn kind(&self) -> AreaKind {
        AreaKind::ALL[self.0.matches('.').count().min(AreaKind::ALL.len() - 1)]
    }

    /// The area around this one, if any.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('.').map(|(outer, _)| Self(outer.to_owned()))
    }

    /// This area and those around it, outermost first.
    pub fn trail(&self) -> Vec<Self> {
        let mut trail: Vec<Self> = std::iter::successors(Some(self.clone()), Self::parent).collect();
        trail.reverse();
        trail
    }

    /// The area of the given level that this one lies in (or is).
    pub fn up_to(&self, kind: AreaKind) -> Option<Self> {
        let depth = AreaKind::ALL.iter().position(|k| *k == kind)?;
        self.trail().into_iter().nth(depth)
    }
}

impl std::str::FromStr for AreaId {
    type Err = NotAnArea;
    fn from_str(text: &str) -> Result<Self, NotAnArea> {
        let ok = text.split('.').count() <= AreaKind::ALL.len()
            && text.len() <= 80
            && text.split('.').all(|code| !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric()));
        ok.then(|| Self(text.to_owned())).ok_or(NotAnArea)
    }
}

impl<'de> Deserialize<'de> for AreaId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl std::fmt::Display for AreaId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_is_a_prefix_of_whole_codes() {
        let community: AreaId = "3410.03.001.004".parse().unwrap();
        let building = community.child("g01").child("c01").child("b02");
        assert!(community.holds(&building) && community.holds(&community));
        assert!(!building.holds(&community));
        let neighbour: AreaId = "3410.03.001.0041".parse().unwrap();
        assert!(!community.holds(&neighbour));
        assert!(building.as_str() >= community.as_str() && building.as_str() < community.end().as_str());
        assert!(neighbour.as_str() >= community.end().as_str());
        assert_eq!(building.kind(), AreaKind::Building);
        assert_eq!(building.up_to(AreaKind::Community), Some(community));
        assert_eq!(building.trail().len(), 7);
    }

    #[test]
    fn codes_are_alphanumeric() {
        for wrong in ["", ".", "3410.", "3410..1", "3410/1", "3410.' OR '1", "3410.%"] {
            assert_eq!(wrong.parse::<AreaId>(), Err(NotAnArea), "{wrong}");
        }
    }
}
