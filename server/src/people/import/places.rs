//! The units of an area by the names that files use.

use contract::AreaId;
use contract::area::AreaKind;
use contract::people::Column;
use sqlx::AnyConnection;
use std::collections::HashMap;

use crate::people::rules::normal_address;
use crate::people::store::areas;
use crate::{Error, Result};

/// Compounds, buildings and units, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    compounds: HashMap<String, Compound>,
}

#[derive(Clone, Debug, Default)]
struct Compound {
    buildings: HashMap<String, HashMap<String, (AreaId, String)>>,
}

impl Places {
    /// Those of an area: a community or a place inside one, where compounds have names of their own.
    ///
    /// # Errors
    /// The database's own.
    pub async fn load(conn: &mut AnyConnection, area: &AreaId) -> Result<Self> {
        let inside = areas::inside(conn, area).await?.into_iter();
        let around = area.trail().into_iter().filter(|around| around.kind() >= AreaKind::Compound && around != area);
        let mut named: Vec<(AreaId, String)> = inside.map(|area| (area.id, area.name)).collect();
        for around in around {
            named.extend(areas::find(conn, &around).await?.map(|area| (area.id, area.name)));
        }
        Ok(Self::of(named))
    }

    /// From areas with their names; what is no compound, building or unit is passed over.
    pub fn of(named: impl IntoIterator<Item = (AreaId, String)>) -> Self {
        let names: HashMap<AreaId, String> = named.into_iter().map(|(id, name)| (id, normal_address(&name))).collect();
        let mut places = Self::default();
        for (id, name) in &names {
            let above = |kind| id.up_to(kind).and_then(|above| names.get(&above));
            if id.kind() != AreaKind::Unit {
                continue;
            }
            let (Some(compound), Some(building)) = (above(AreaKind::Compound), above(AreaKind::Building)) else {
                continue;
            };
            let address = format!("{compound}{building}{name}");
            let units =
                places.compounds.entry(compound.clone()).or_default().buildings.entry(building.clone()).or_default();
            units.insert(name.clone(), (id.clone(), address));
        }
        places
    }

    /// A unit and what its addresses begin with.
    ///
    /// # Errors
    /// The column that names nothing the registry knows.
    pub fn unit(&self, compound: &str, building: &str, unit: &str) -> Result<(&AreaId, &str), Column> {
        let compound = self.compounds.get(&normal_address(compound)).ok_or(Column::Compound)?;
        let building = named(&compound.buildings, building, "幢").ok_or(Column::Building)?;
        let (area, address) = named(building, unit, "单元").ok_or(Column::Unit)?;
        Ok((area, address))
    }
}

/// The entry of this name, with or without the word that names its kind: `2` is `2幢`.
fn named<'a, T>(all: &'a HashMap<String, T>, text: &str, word: &str) -> Option<&'a T> {
    let text = normal_address(text);
    all.get(&text).or_else(|| all.get(&format!("{text}{word}")))
}

/// May lists be taken in for this area?
///
/// # Errors
/// `Invalid` (`area`) for one wider than a community.
pub(super) fn narrow_enough(area: &AreaId) -> Result<()> {
    if area.kind() < AreaKind::Community || area.kind() > AreaKind::Unit {
        return Err(Error::field("area", contract::Issue::Unknown));
    }
    Ok(())
}
