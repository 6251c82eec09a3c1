//! People of a place, page by page: whom a message to the place is for.

use super::PHONE;
use super::store::audience as store;
use super::store::{bulk, persons};
use crate::crypto::Keys;
use crate::{Error, Result};
use contract::AreaId;
use contract::ids::PersonId;
use sqlx::AnyConnection;
use std::collections::HashMap;

pub use store::{Listed, Mark, Set};

/// The next people of a set in an area who were born on `born_until` or before, place by place. Who owns
/// several dwellings comes once for each.
///
/// # Errors
/// The database's own.
pub async fn listed(
    conn: &mut AnyConnection,
    set: Set,
    area: &AreaId,
    born_until: &str,
    after: &Mark,
    limit: i64,
) -> Result<Vec<Listed>> {
    Ok(store::listed(conn, set, area, born_until, after, limit).await?)
}

/// How many people there are in such a set, each counted once, and how many of them have a phone.
///
/// # Errors
/// The database's own.
pub async fn count_listed(conn: &mut AnyConnection, set: Set, area: &AreaId, born_until: &str) -> Result<(i64, i64)> {
    Ok(store::count(conn, set, area, born_until).await?)
}

/// One person as an audience lists them, at home.
///
/// # Errors
/// The database's own.
pub async fn listed_at_home(conn: &mut AnyConnection, id: &PersonId) -> Result<Option<Listed>> {
    let found = persons::find(conn, id).await?;
    Ok(found.map(|person| Listed {
        phone: i64::from(person.phone.is_some()),
        person: person.id,
        area: person.area_id,
        born: person.born,
    }))
}

/// Name and address of people, for lists that workers see; without those who are not registered any more.
///
/// # Errors
/// The database's own.
pub async fn names_and_addresses(
    conn: &mut AnyConnection,
    ids: impl IntoIterator<Item = &PersonId>,
) -> Result<HashMap<PersonId, (String, String)>> {
    Ok(bulk::names_and_addresses(conn, &ids.into_iter().map(PersonId::as_str).collect::<Vec<_>>()).await?)
}

/// A person's phone in clear, for the gateway of a message to them and nobody else: no eye sees it, so it
/// is no look that they are told of.
///
/// # Errors
/// A value that no key opens, or the database's own trouble.
pub async fn phone_for_message(conn: &mut AnyConnection, keys: &Keys, id: &PersonId) -> Result<Option<String>> {
    let sealed = persons::sealed(conn, id, contract::people::SealedField::Phone).await?;
    sealed.map(|sealed| keys.open(PHONE, &sealed).map_err(Error::internal)).transpose()
}
