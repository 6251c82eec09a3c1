//! Who somebody is, for rooms that hold an id or a phone.

use super::store::persons as store;
use super::{ID_NUMBER, PHONE, homes};
use crate::Result;
use crate::crypto::Keys;
use contract::AreaId;
use contract::ids::PersonId;
use sqlx::AnyConnection;
use std::collections::HashMap;

/// A person of the registry, as other rooms need them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub id: PersonId,
    /// The full name.
    pub name: String,
    /// Where they live.
    pub area: AreaId,
}

impl From<store::Stored> for Known {
    fn from(row: store::Stored) -> Self {
        Self { id: row.id, name: row.name, area: row.area_id }
    }
}

/// The blind index under which a phone (11 digits) is found.
pub fn phone_index(keys: &Keys, phone: &str) -> String {
    keys.blind(PHONE, phone)
}

/// Everybody with this phone, for a family may share one; see [`phone_index`].
///
/// # Errors
/// The database's own.
pub async fn by_phone_index(conn: &mut AnyConnection, index: &str) -> Result<Vec<Known>> {
    Ok(store::by_phone_index(conn, index).await?.into_iter().map(Known::from).collect())
}

/// The person with this id.
///
/// # Errors
/// The database's own.
pub async fn find(conn: &mut AnyConnection, id: &PersonId) -> Result<Option<Known>> {
    let found = store::find(conn, id).await?;
    // An entry that became part of another has no place any more, and is found as that one.
    let found = match found.filter(|row| !row.area_id.as_str().is_empty()) {
        Some(found) => Some(found),
        None => match super::canonical(conn, id).await? {
            kept if kept == *id => None,
            kept => store::find(conn, &kept).await?,
        },
    };
    Ok(found.map(Known::from))
}

/// The names of people by their ids, as far as the registry knows them; see [`find`].
///
/// # Errors
/// The database's own.
pub async fn names(conn: &mut AnyConnection, ids: &[&str]) -> Result<HashMap<String, String>> {
    Ok(store::names(conn, ids).await?)
}

/// Where the person lives and where they own: the places whose resident they are. Home comes first.
///
/// # Errors
/// The database's own.
pub async fn places(conn: &mut AnyConnection, person: &Known) -> Result<Vec<AreaId>> {
    let mut places = vec![person.area.clone()];
    for home in homes(conn, &person.id).await? {
        if !places.contains(&home.area) {
            places.push(home.area);
        }
    }
    Ok(places)
}

/// What somebody says of themselves, as the registry can compare it.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The full name.
    pub name: String,
    /// The identity number's blind index.
    pub number_index: String,
    /// The phone's.
    pub phone_index: String,
}

impl Proof {
    /// From name, identity number (as [`contract::check::is_id_number`] wants it) and phone (11 digits).
    pub fn new(keys: &Keys, name: String, number: &str, phone: &str) -> Self {
        Self { name, number_index: keys.blind(ID_NUMBER, number), phone_index: phone_index(keys, phone) }
    }
}

/// What the registry says of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proven {
    /// All of it is true of this person.
    Right(Known),
    /// The number is this person's, something else is not.
    Wrong(Known),
    /// Nobody has the number.
    Nobody,
}

/// Compares a proof with the registry.
///
/// # Errors
/// The database's own.
pub async fn proven(conn: &mut AnyConnection, proof: &Proof) -> Result<Proven> {
    let Some(stored) = store::by_id_index(conn, &proof.number_index).await? else { return Ok(Proven::Nobody) };
    let sharers = store::by_phone_index(conn, &proof.phone_index).await?;
    let right = stored.name == proof.name && sharers.iter().any(|sharer| sharer.id == stored.id);
    Ok(if right { Proven::Right(stored.into()) } else { Proven::Wrong(stored.into()) })
}
