//! People one at a time.

use super::{bulk, select_persons};
use contract::AreaId;
use contract::ids::PersonId;
use contract::people::{Member, SealedField};
use sqlx::{AnyConnection, Error};
use std::collections::HashMap;

/// A person as stored, with the address of their home.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Stored {
    pub id: PersonId,
    pub name: String,
    pub born: String,
    /// Sealed.
    pub phone: Option<String>,
    /// Sealed.
    pub id_number: Option<String>,
    pub area_id: AreaId,
    pub address: Option<String>,
}

pub async fn find(conn: &mut AnyConnection, id: &PersonId) -> Result<Option<Stored>, Error> {
    sqlx::query_as(select_persons!("WHERE p.id = $1")).bind(id).fetch_optional(conn).await
}

/// Those with these ids.
pub async fn many(conn: &mut AnyConnection, ids: &[&str]) -> Result<HashMap<PersonId, Stored>, Error> {
    let rows: Vec<Stored> = bulk::all(conn, select_persons!("WHERE p.id IN "), ids).await?;
    Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
}

/// The names of those with these ids; of an entry that became part of another, that one's.
pub async fn names(conn: &mut AnyConnection, ids: &[&str]) -> Result<HashMap<String, String>, Error> {
    let rows: Vec<(String, String)> = bulk::all(
        conn,
        "SELECT p.id, COALESCE(k.name, p.name) FROM persons p LEFT JOIN people_merged m ON m.lost = p.id \
         LEFT JOIN persons k ON k.id = m.kept WHERE p.id IN ",
        ids,
    )
    .await?;
    Ok(rows.into_iter().collect())
}

/// Most people looked at under one phone: a number that more share is somebody's placeholder.
const SHARERS: i64 = 50;

pub async fn by_phone_index(conn: &mut AnyConnection, index: &str) -> Result<Vec<Stored>, Error> {
    let query = sqlx::query_as(select_persons!("WHERE p.phone_index = $1 ORDER BY p.id LIMIT $2"));
    query.bind(index).bind(SHARERS).fetch_all(conn).await
}

pub async fn by_id_index(conn: &mut AnyConnection, index: &str) -> Result<Option<Stored>, Error> {
    sqlx::query_as(select_persons!("WHERE p.id_index = $1")).bind(index).fetch_optional(conn).await
}

/// A sealed field as stored.
pub async fn sealed(conn: &mut AnyConnection, id: &PersonId, field: SealedField) -> Result<Option<String>, Error> {
    let text = match field {
        SealedField::Phone => "SELECT phone FROM persons WHERE id = $1",
        SealedField::IdNumber => "SELECT id_number FROM persons WHERE id = $1",
    };
    let row: Option<(Option<String>,)> = sqlx::query_as(text).bind(id).fetch_optional(conn).await?;
    Ok(row.and_then(|(sealed,)| sealed))
}

/// Everybody of the person's households but the person, oldest first.
pub async fn household(conn: &mut AnyConnection, id: &PersonId) -> Result<Vec<Member>, Error> {
    let rows: Vec<(PersonId, String, String)> = sqlx::query_as(
        "SELECT p.id, p.name, p.born FROM residents mine \
         JOIN residents r ON r.household_id = mine.household_id AND r.person_id <> mine.person_id \
         JOIN persons p ON p.id = r.person_id \
         WHERE mine.person_id = $1 ORDER BY p.born, p.id",
    )
    .bind(id)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|(id, name, born)| Member { id, name, born }).collect())
}
