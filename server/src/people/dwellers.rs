//! Who lives within an area, for polls of residents; and everybody's names there.

use super::owners::holdings_under;
use super::store::tenure as store;
use crate::Result;
use contract::AreaId;
use contract::ids::{HouseholdId, PersonId};
use sqlx::AnyConnection;
use std::collections::HashMap;

/// Somebody of a household.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Dweller {
    /// The household.
    pub household: HouseholdId,
    /// Who.
    pub person: PersonId,
    /// The full name.
    pub name: String,
    /// The day of birth, `1971-03-08`.
    pub born: String,
    /// The dwelling's place.
    pub area: AreaId,
    /// The dwelling's address.
    pub address: String,
}

/// Everybody who lives in an area, door by door and household by household.
///
/// # Errors
/// The database's own.
pub async fn dwellers_under(conn: &mut AnyConnection, area: &AreaId) -> Result<Vec<Dweller>> {
    Ok(store::dwellers(conn, area).await?)
}

/// The names of all who own or live in an area.
///
/// # Errors
/// The database's own.
pub async fn names_under(conn: &mut AnyConnection, area: &AreaId) -> Result<HashMap<PersonId, String>> {
    let holdings = holdings_under(conn, area).await?.into_iter().map(|holding| (holding.person, holding.name));
    let dwellers = dwellers_under(conn, area).await?.into_iter().map(|dweller| (dweller.person, dweller.name));
    Ok(holdings.chain(dwellers).collect())
}
