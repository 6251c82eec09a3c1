//! Many rows looked up at once, by the keys that a list brings along.

use contract::AreaId;
use contract::ids::{DwellingId, HouseholdId, PersonId};
use sqlx::{AnyConnection, AssertSqlSafe, Error, FromRow};
use std::collections::HashMap;

use crate::db::rows::marks;

/// Keys of one statement at most.
const KEYS: usize = 500;

/// A dwelling as stored.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DwellingRow {
    pub id: DwellingId,
    pub area_id: AreaId,
    pub label: String,
    pub address: String,
    pub area_dm2: i64,
    pub kind: String,
    pub developer: Option<PersonId>,
    pub delivered: i64,
    pub since: i64,
}

/// A person as stored, with the blind indexes.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PersonRow {
    pub id: PersonId,
    pub name: String,
    pub born: String,
    pub phone: Option<String>,
    pub phone_index: Option<String>,
    pub id_number: Option<String>,
    pub id_index: Option<String>,
    pub area_id: AreaId,
    pub kind: String,
    pub guardian: Option<PersonId>,
    pub since: i64,
}

/// One share as stored, with its dwelling's place.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct OwnerRow {
    pub area_id: AreaId,
    pub dwelling_id: DwellingId,
    pub person_id: PersonId,
    pub share_num: i64,
    pub share_den: i64,
    pub since: i64,
}

/// By what people are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The registry's number.
    Id,
    /// The identity number's blind index.
    IdIndex,
    /// Where they live.
    Area,
}

const DWELLINGS: &str = "SELECT id, area_id, label, address, area_dm2, kind, developer, delivered, since \
     FROM dwellings WHERE area_id IN ";
const OWNERS: &str = "SELECT d.area_id, o.dwelling_id, o.person_id, o.share_num, o.share_den, o.since \
     FROM dwellings d JOIN owners o ON o.dwelling_id = d.id WHERE d.area_id IN ";
const HOMES: &str = "SELECT o.person_id, d.area_id, d.address FROM owners o \
     JOIN dwellings d ON d.id = o.dwelling_id WHERE o.person_id IN ";
const HOUSEHOLDS: &str = "SELECT dwelling_id, id FROM households WHERE dwelling_id IN ";
const MEMBERS: &str = "SELECT r.person_id, r.household_id, h.dwelling_id \
     FROM residents r JOIN households h ON h.id = r.household_id WHERE r.person_id IN ";

/// Columns of [`PersonRow`] with what follows.
macro_rules! persons {
    ($rest:literal) => {
        concat!(
            "SELECT id, name, born, phone, phone_index, id_number, id_index, area_id, kind, guardian, since FROM persons ",
            $rest
        )
    };
}

/// Rows whose key is one of `keys`, a statement for every [`KEYS`] of them; `select` ends with the key's `IN`.
pub async fn all<T>(conn: &mut AnyConnection, select: &str, keys: &[&str]) -> Result<Vec<T>, Error>
where
    T: for<'r> FromRow<'r, sqlx::any::AnyRow> + Send + Unpin,
{
    let mut rows = Vec::new();
    for part in keys.chunks(KEYS) {
        let text = format!("{select}({})", marks(1, part.len()));
        let query = part.iter().fold(sqlx::query_as(AssertSqlSafe(text)), |query, key| query.bind((*key).to_owned()));
        rows.append(&mut query.fetch_all(&mut *conn).await?);
    }
    Ok(rows)
}

/// Dwellings by their places.
pub async fn dwellings_at(conn: &mut AnyConnection, areas: &[&str]) -> Result<Vec<DwellingRow>, Error> {
    all(conn, DWELLINGS, areas).await
}

/// People by one of their keys.
pub async fn persons(conn: &mut AnyConnection, by: By, keys: &[&str]) -> Result<Vec<PersonRow>, Error> {
    let select = match by {
        By::Id => persons!("WHERE id IN "),
        By::IdIndex => persons!("WHERE id_index IN "),
        By::Area => persons!("WHERE area_id IN "),
    };
    all(conn, select, keys).await
}

/// People of a community by their full names.
pub async fn persons_named(
    conn: &mut AnyConnection,
    community: &AreaId,
    names: &[&str],
) -> Result<Vec<PersonRow>, Error> {
    let mut rows = Vec::new();
    for part in names.chunks(KEYS) {
        let text = format!("{}({})", persons!("WHERE community = $1 AND name IN "), marks(2, part.len()));
        let query = sqlx::query_as(AssertSqlSafe(text)).bind(community.clone());
        let query = part.iter().fold(query, |query, name| query.bind((*name).to_owned()));
        rows.append(&mut query.fetch_all(&mut *conn).await?);
    }
    Ok(rows)
}

/// Shares in dwellings by their places.
pub async fn owners_at(conn: &mut AnyConnection, areas: &[&str]) -> Result<Vec<OwnerRow>, Error> {
    all(conn, OWNERS, areas).await
}

/// What people own: of each dwelling the owner, its place and its address.
pub async fn homes(conn: &mut AnyConnection, persons: &[&str]) -> Result<Vec<(PersonId, AreaId, String)>, Error> {
    all(conn, HOMES, persons).await
}

/// Households of dwellings.
pub async fn households(conn: &mut AnyConnection, dwellings: &[&str]) -> Result<Vec<(DwellingId, HouseholdId)>, Error> {
    all(conn, HOUSEHOLDS, dwellings).await
}

/// The households of people, with their dwellings.
pub async fn memberships(
    conn: &mut AnyConnection,
    persons: &[&str],
) -> Result<Vec<(PersonId, HouseholdId, DwellingId)>, Error> {
    all(conn, MEMBERS, persons).await
}

/// Name and address of people.
pub async fn names_and_addresses(
    conn: &mut AnyConnection,
    ids: &[&str],
) -> Result<HashMap<PersonId, (String, String)>, Error> {
    let rows: Vec<(PersonId, String, String)> = all(
        conn,
        "SELECT p.id, p.name, COALESCE(d.address, '') FROM persons p LEFT JOIN dwellings d ON d.area_id = p.area_id \
         WHERE p.id IN ",
        ids,
    )
    .await?;
    Ok(rows.into_iter().map(|(id, name, address)| (id, (name, address))).collect())
}
