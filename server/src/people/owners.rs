//! Tenure as votes need it: what one person owns, and who owns within an area.

use super::rules::divide;
use super::store::{bulk, tenure as store};
use crate::Result;
use contract::area::AreaKind;
use contract::ids::{DwellingId, PersonId};
use contract::people::{DwellingKind, Home, Share};
use contract::{AreaId, Millis};
use sqlx::AnyConnection;
use std::collections::HashMap;

/// What a person owns, in order of place.
///
/// # Errors
/// The database's own.
pub async fn homes(conn: &mut AnyConnection, person: &PersonId) -> Result<Vec<Home>> {
    Ok(store::homes(conn, person).await?)
}

/// The address of the first dwelling that each of many people owns within an area.
///
/// # Errors
/// The database's own.
pub async fn addresses(
    conn: &mut AnyConnection,
    persons: &[&PersonId],
    area: &AreaId,
) -> Result<HashMap<PersonId, String>> {
    let ids: Vec<&str> = persons.iter().map(|person| person.as_str()).collect();
    let mut homes = bulk::homes(conn, &ids).await?;
    homes.retain(|(_, place, _)| area.holds(place));
    // The last one put in stays: the first by place.
    homes.sort_unstable_by(|a, b| b.1.cmp(&a.1));
    Ok(homes.into_iter().map(|(person, _, address)| (person, address)).collect())
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

/// Who built a dwelling: the registry need not know of anything that they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Developer {
    /// The organisation.
    pub id: PersonId,
    /// Its full name.
    pub name: String,
    /// Who acts for it, where the registry says so.
    pub guardian: Option<PersonId>,
}

/// One owner's share in one dwelling, with all that says how it counts in a vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The dwelling.
    pub dwelling: DwellingId,
    /// Its place, a household of the tree.
    pub area: AreaId,
    /// Its address.
    pub address: String,
    /// What it is used for.
    pub kind: DwellingKind,
    /// The whole dwelling's registered area in 0.01 m².
    pub area_dm2: i64,
    /// Who holds the share.
    pub person: PersonId,
    /// Their full name.
    pub name: String,
    /// The share.
    pub share: Share,
    /// The organisation that built the dwelling, where the registry keeps it.
    pub developer: Option<Developer>,
    /// The holder is that organisation: the dwelling is not sold.
    pub is_developer: bool,
    /// The dwelling was handed over to who bought it. What is sold and not handed over counts with what
    /// is not sold (法释〔2009〕7号 art. 9).
    pub delivered: bool,
    /// The holder's day of birth, `1971-03-08`; empty for an organisation.
    pub born: String,
    /// Who acts for the holder, where the registry says so.
    pub guardian: Option<PersonId>,
}

impl From<store::HoldingRow> for Holding {
    fn from(row: store::HoldingRow) -> Self {
        Self {
            is_developer: row.developer.as_ref() == Some(&row.person_id),
            dwelling: row.dwelling_id,
            area: row.area_id,
            address: row.address,
            kind: DwellingKind::from_code(&row.kind).unwrap_or_default(),
            area_dm2: row.area_dm2,
            person: row.person_id,
            name: row.name,
            share: Share { num: row.share_num, den: row.share_den },
            developer: row.developer.map(|id| Developer {
                id,
                name: row.developer_name.unwrap_or_default(),
                guardian: row.developer_guardian,
            }),
            delivered: row.delivered == 1,
            born: row.born,
            guardian: row.guardian,
        }
    }
}

/// Every share in every dwelling of an area: in order of the dwellings' places, those of one dwelling
/// together.
///
/// # Errors
/// The database's own.
pub async fn holdings_under(conn: &mut AnyConnection, area: &AreaId) -> Result<Vec<Holding>> {
    Ok(store::holdings(conn, area).await?.into_iter().map(Holding::from).collect())
}

/// The owners of all dwellings of an area, in order of their first dwelling.
///
/// # Errors
/// The database's own.
pub async fn owners_under(conn: &mut AnyConnection, area: &AreaId) -> Result<Vec<Owner>> {
    Ok(heads(&holdings_under(conn, area).await?))
}

/// As [`holdings_under`], as the registry stood at a moment: whoever owned then under the name of then, by the
/// areas of then. What the registry does not keep over time (birth, guardian) is as it is now.
///
/// # Errors
/// The database's own.
pub async fn holdings_under_at(conn: &mut AnyConnection, area: &AreaId, at: Millis) -> Result<Vec<Holding>> {
    Ok(store::holdings_at(conn, area, at).await?.into_iter().map(Holding::from).collect())
}

/// As [`owners_under`], as the registry stood at a moment.
///
/// # Errors
/// The database's own.
pub async fn owners_under_at(conn: &mut AnyConnection, area: &AreaId, at: Millis) -> Result<Vec<Owner>> {
    Ok(heads(&holdings_under_at(conn, area, at).await?))
}

/// One head per person from holdings that stand dwelling by dwelling.
fn heads(holdings: &[Holding]) -> Vec<Owner> {
    let mut heads: Vec<Owner> = Vec::new();
    let mut place: HashMap<&PersonId, usize> = HashMap::new();
    for dwelling in holdings.chunk_by(|a, b| a.dwelling == b.dwelling) {
        let shares: Vec<(i64, i64)> = dwelling.iter().map(|h| (h.share.num, h.share.den)).collect();
        for (holding, part) in dwelling.iter().zip(divide(dwelling[0].area_dm2, &shares)) {
            let at = *place.entry(&holding.person).or_insert_with(|| {
                heads.push(first(holding));
                heads.len() - 1
            });
            heads[at].dwellings += 1;
            heads[at].area_dm2 += part;
        }
    }
    heads
}

fn first(holding: &Holding) -> Owner {
    Owner {
        person: holding.person.clone(),
        name: holding.name.clone(),
        building: holding.area.up_to(AreaKind::Building).unwrap_or_else(|| holding.area.clone()),
        address: holding.address.clone(),
        dwellings: 0,
        area_dm2: 0,
    }
}
