//! Tenure as votes need it: what one person owns, and who owns within an area.

use super::rules::divide;
use super::store::tenure as store;
use crate::Result;
use contract::AreaId;
use contract::area::AreaKind;
use contract::ids::PersonId;
use contract::people::Home;
use sqlx::AnyConnection;
use std::collections::HashMap;

/// What a person owns, in order of place.
///
/// # Errors
/// The database's own.
pub async fn homes(conn: &mut AnyConnection, person: &PersonId) -> Result<Vec<Home>> {
    Ok(store::homes(conn, person).await?)
}

/// One owner within an area, whatever the number of their dwellings: one head
/// (法释〔2009〕7号 art. 9: who bought several counts once).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Who.
    pub person: PersonId,
    /// The full name.
    pub name: String,
    /// The building of their first dwelling there.
    pub building: AreaId,
    /// The address of their first dwelling there.
    pub address: String,
    /// Dwellings they own there, alone or with others.
    pub dwellings: u32,
    /// The area of all of them in 0.01 m², each by the person's share. Over all owners of a dwelling
    /// these parts add up to its registered area.
    pub area_dm2: i64,
}

/// The owners of all dwellings of an area, in order of their first dwelling.
///
/// # Errors
/// The database's own.
pub async fn owners_under(conn: &mut AnyConnection, area: &AreaId) -> Result<Vec<Owner>> {
    Ok(heads(&store::holdings(conn, area).await?))
}

/// One head per person from holdings that stand dwelling by dwelling.
fn heads(holdings: &[store::Holding]) -> Vec<Owner> {
    let mut heads: Vec<Owner> = Vec::new();
    let mut place: HashMap<&PersonId, usize> = HashMap::new();
    for dwelling in holdings.chunk_by(|a, b| a.dwelling_id == b.dwelling_id) {
        let shares: Vec<(i64, i64)> = dwelling.iter().map(|h| (h.share_num, h.share_den)).collect();
        for (holding, part) in dwelling.iter().zip(divide(dwelling[0].area_dm2, &shares)) {
            let at = *place.entry(&holding.person_id).or_insert_with(|| {
                heads.push(first(holding));
                heads.len() - 1
            });
            heads[at].dwellings += 1;
            heads[at].area_dm2 += part;
        }
    }
    heads
}

fn first(holding: &store::Holding) -> Owner {
    Owner {
        person: holding.person_id.clone(),
        name: holding.name.clone(),
        building: holding.area_id.up_to(AreaKind::Building).unwrap_or_else(|| holding.area_id.clone()),
        address: holding.address.clone(),
        dwellings: 0,
        area_dm2: 0,
    }
}
