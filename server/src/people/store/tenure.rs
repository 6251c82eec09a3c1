//! Who owns what.

use super::super::dwellers::Dweller;
use super::bulk;
use contract::ids::{DwellingId, PersonId};
use contract::people::{Home, Share};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

#[derive(sqlx::FromRow)]
struct HomeRow {
    id: DwellingId,
    area_id: AreaId,
    address: String,
    area_dm2: i64,
    share_num: i64,
    share_den: i64,
}

pub async fn homes(conn: &mut AnyConnection, person: &PersonId) -> Result<Vec<Home>, Error> {
    let rows: Vec<HomeRow> = sqlx::query_as(
        "SELECT d.id, d.area_id, d.address, d.area_dm2, o.share_num, o.share_den \
         FROM owners o JOIN dwellings d ON d.id = o.dwelling_id WHERE o.person_id = $1 ORDER BY d.area_id",
    )
    .bind(person)
    .fetch_all(conn)
    .await?;
    let home = |row: HomeRow| Home {
        dwelling: row.id,
        area: row.area_id,
        address: row.address,
        area_dm2: row.area_dm2,
        share: Share { num: row.share_num, den: row.share_den },
    };
    Ok(rows.into_iter().map(home).collect())
}

/// Where people own: person and place.
pub async fn places(conn: &mut AnyConnection, people: &[&str]) -> Result<Vec<(PersonId, AreaId)>, Error> {
    let select = "SELECT o.person_id, d.area_id FROM owners o JOIN dwellings d ON d.id = o.dwelling_id \
         WHERE o.person_id IN ";
    bulk::all(conn, select, people).await
}

/// One owner's share in one dwelling.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HoldingRow {
    pub dwelling_id: DwellingId,
    pub area_id: AreaId,
    pub address: String,
    pub kind: String,
    pub area_dm2: i64,
    pub developer: Option<PersonId>,
    pub developer_name: Option<String>,
    pub developer_guardian: Option<PersonId>,
    pub delivered: i64,
    pub share_num: i64,
    pub share_den: i64,
    pub person_id: PersonId,
    pub name: String,
    pub born: String,
    pub guardian: Option<PersonId>,
}

/// See [`holdings`].
pub(in crate::people) const HOLDINGS: &str = "SELECT d.id AS dwelling_id, d.area_id, d.address, d.kind, d.area_dm2, \
     d.developer, b.name AS developer_name, b.guardian AS developer_guardian, d.delivered, o.share_num, o.share_den, \
     o.person_id, p.name, p.born, p.guardian FROM dwellings d JOIN owners o ON o.dwelling_id = d.id \
     JOIN persons p ON p.id = o.person_id LEFT JOIN persons b ON b.id = d.developer \
     WHERE d.area_id >= $1 AND d.area_id < $2 ORDER BY d.area_id, o.person_id";

/// Every share in every dwelling of an area, dwelling by dwelling.
pub async fn holdings(conn: &mut AnyConnection, area: &AreaId) -> Result<Vec<HoldingRow>, Error> {
    sqlx::query_as(HOLDINGS).bind(area).bind(area.end()).fetch_all(conn).await
}

/// See [`holdings_at`].
pub(in crate::people) const HOLDINGS_AT: &str = "WITH d AS ( \
     SELECT id, area_id, address, kind, area_dm2, developer, delivered FROM dwellings \
     WHERE area_id >= $1 AND area_id < $2 AND since <= $3 \
     UNION ALL SELECT id, area_id, address, kind, area_dm2, developer, delivered FROM dwellings_past \
     WHERE area_id >= $1 AND area_id < $2 AND since <= $3 AND until > $3), \
     o AS (SELECT o.dwelling_id, o.person_id, o.share_num, o.share_den FROM d JOIN owners o \
     ON o.dwelling_id = d.id AND o.since <= $3 \
     UNION ALL SELECT o.dwelling_id, o.person_id, o.share_num, o.share_den FROM d JOIN owners_past o \
     ON o.dwelling_id = d.id AND o.since <= $3 AND o.until > $3) \
     SELECT d.id AS dwelling_id, d.area_id, d.address, d.kind, d.area_dm2, d.developer, \
     b.name AS developer_name, b.guardian AS developer_guardian, d.delivered, o.share_num, \
     o.share_den, o.person_id, COALESCE(n.name, p.name) AS name, p.born, p.guardian \
     FROM d JOIN o ON o.dwelling_id = d.id JOIN persons p ON p.id = o.person_id \
     LEFT JOIN persons b ON b.id = d.developer \
     LEFT JOIN persons_past n ON n.person_id = p.id AND n.since <= $3 AND n.until > $3 \
     ORDER BY d.area_id, o.person_id";

/// As [`holdings`], as the registry stood at a moment.
pub async fn holdings_at(conn: &mut AnyConnection, area: &AreaId, at: Millis) -> Result<Vec<HoldingRow>, Error> {
    sqlx::query_as(HOLDINGS_AT).bind(area).bind(area.end()).bind(at).fetch_all(conn).await
}

/// See [`dwellers`].
pub(in crate::people) const DWELLERS: &str = "SELECT h.id AS household, r.person_id AS person, p.name, p.born, \
     d.area_id AS area, d.address FROM dwellings d JOIN households h ON h.dwelling_id = d.id \
     JOIN residents r ON r.household_id = h.id JOIN persons p ON p.id = r.person_id \
     WHERE d.area_id >= $1 AND d.area_id < $2 ORDER BY d.area_id, h.id, r.person_id";

/// Everybody of every household of an area.
pub async fn dwellers(conn: &mut AnyConnection, area: &AreaId) -> Result<Vec<Dweller>, Error> {
    sqlx::query_as(DWELLERS).bind(area).bind(area.end()).fetch_all(conn).await
}
