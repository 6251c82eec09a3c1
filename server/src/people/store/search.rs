//! Lists of people. Each follows one index from the last row seen, so that a page costs the same
//! whatever the size of the registry; a test reads the plans.

use super::persons::Stored;
use super::select_persons;
use crate::db::rows::marks;
use contract::AreaId;
use contract::area::AreaKind;
use contract::ids::{DwellingId, PersonId};
use sqlx::{AnyConnection, AssertSqlSafe, Error};

/// Everybody who lives in an area, place by place.
pub(in crate::people) const BY_AREA: &str =
    select_persons!("WHERE (p.area_id, p.id) > ($1, $2) AND p.area_id < $3 ORDER BY p.area_id, p.id LIMIT $4");

/// By the beginning of the name, wider than one community.
pub(in crate::people) const BY_NAME: &str = select_persons!(
    "WHERE (p.name, p.id) > ($1, $2) AND p.name < $3 AND p.area_id >= $4 AND p.area_id < $5 \
     ORDER BY p.name, p.id LIMIT $6"
);

/// By the beginning of the name, inside one community.
pub(in crate::people) const BY_NAME_IN_COMMUNITY: &str = select_persons!(
    "WHERE p.community = $7 AND (p.name, p.id) > ($1, $2) AND p.name < $3 AND p.area_id >= $4 AND p.area_id < $5 \
     ORDER BY p.name, p.id LIMIT $6"
);

/// Dwellings by the beginning of their address.
pub(in crate::people) const DWELLINGS: &str = "SELECT id, address FROM dwellings WHERE (address, id) > ($1, $2) AND address < $3 \
     AND area_id >= $4 AND area_id < $5 ORDER BY address, id LIMIT $6";

/// See [`of_dwellings`]; for so many of them.
pub(in crate::people) fn of_dwellings_text(count: usize) -> String {
    let these = marks(1, count);
    format!(
        "SELECT h.dwelling_id, r.person_id FROM households h JOIN residents r ON r.household_id = h.id \
         WHERE h.dwelling_id IN ({these}) UNION SELECT o.dwelling_id, o.person_id FROM owners o \
         WHERE o.dwelling_id IN ({these})"
    )
}

/// Where a list goes on: after this key and id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct After {
    /// Name, address or area of the last row.
    pub key: String,
    /// Its id.
    pub id: String,
}

pub async fn by_area(conn: &mut AnyConnection, area: &AreaId, after: &After, limit: i64) -> Result<Vec<Stored>, Error> {
    // Before the first row stands the area itself with no id.
    let from = if after.key.is_empty() { area.as_str() } else { &after.key };
    sqlx::query_as(BY_AREA).bind(from).bind(&after.id).bind(area.end()).bind(limit).fetch_all(conn).await
}

pub async fn by_name(
    conn: &mut AnyConnection,
    area: &AreaId,
    prefix: &str,
    after: &After,
    limit: i64,
) -> Result<Vec<Stored>, Error> {
    let community = area.up_to(AreaKind::Community);
    let from = if after.key.is_empty() { prefix } else { &after.key };
    let query = sqlx::query_as(if community.is_some() { BY_NAME_IN_COMMUNITY } else { BY_NAME })
        .bind(from)
        .bind(&after.id)
        .bind(past(prefix))
        .bind(area)
        .bind(area.end())
        .bind(limit);
    match community {
        Some(community) => query.bind(community).fetch_all(conn).await,
        None => query.fetch_all(conn).await,
    }
}

pub async fn dwellings(
    conn: &mut AnyConnection,
    area: &AreaId,
    prefix: &str,
    after: &After,
    limit: i64,
) -> Result<Vec<(DwellingId, String)>, Error> {
    let from = if after.key.is_empty() { prefix } else { &after.key };
    sqlx::query_as(DWELLINGS)
        .bind(from)
        .bind(&after.id)
        .bind(past(prefix))
        .bind(area)
        .bind(area.end())
        .bind(limit)
        .fetch_all(conn)
        .await
}

/// The place of the dwelling at exactly this address, inside an area.
pub async fn dwelling_at(conn: &mut AnyConnection, area: &AreaId, address: &str) -> Result<Option<AreaId>, Error> {
    let row: Option<(AreaId,)> = sqlx::query_as(
        "SELECT area_id FROM dwellings WHERE address = $1 AND area_id >= $2 AND area_id < $3 ORDER BY id LIMIT 1",
    )
    .bind(address)
    .bind(area)
    .bind(area.end())
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(area,)| area))
}

/// Who lives in the dwellings of a page or owns them: dwelling and person.
pub async fn of_dwellings(
    conn: &mut AnyConnection,
    dwellings: &[DwellingId],
) -> Result<Vec<(DwellingId, PersonId)>, Error> {
    if dwellings.is_empty() {
        return Ok(Vec::new());
    }
    let query = sqlx::query_as(AssertSqlSafe(of_dwellings_text(dwellings.len())));
    dwellings.iter().fold(query, |query, dwelling| query.bind(dwelling.clone())).fetch_all(conn).await
}

/// First text past all that begin with `prefix`.
fn past(prefix: &str) -> String {
    format!("{prefix}{}", char::MAX)
}
