//! Who somebody is, for rooms that hold an id or a phone.

use super::store::persons as store;
use super::{PHONE, homes};
use crate::Result;
use crate::crypto::Keys;
use contract::AreaId;
use contract::ids::PersonId;
use sqlx::AnyConnection;

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
    Ok(store::find(conn, id).await?.map(Known::from))
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
