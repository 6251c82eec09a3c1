//! The registry of an area whole, part after part, for lists that leave it.

use contract::AreaId;
use contract::ids::PersonId;
use sqlx::{AnyConnection, Error, FromRow};

/// A dwelling with its developer.
#[derive(Clone, Debug, FromRow)]
pub struct DwellingLine {
    pub area_id: AreaId,
    pub label: String,
    pub area_dm2: i64,
    pub kind: String,
    pub delivered: i64,
    pub developer: Option<String>,
    /// Sealed.
    pub developer_code: Option<String>,
}

/// Somebody at home in a dwelling.
#[derive(Clone, Debug, FromRow)]
pub struct ResidentLine {
    pub area_id: AreaId,
    pub label: String,
    pub id: PersonId,
    pub name: String,
    pub born: String,
    /// Sealed.
    pub phone: Option<String>,
    /// Sealed.
    pub id_number: Option<String>,
    /// Sealed.
    pub guardian: Option<String>,
    pub guardian_id: Option<PersonId>,
    pub guardian_area: Option<AreaId>,
}

/// A share.
#[derive(Clone, Debug, FromRow)]
pub struct OwnerLine {
    pub area_id: AreaId,
    pub label: String,
    pub id: PersonId,
    pub name: String,
    pub kind: String,
    /// Sealed.
    pub id_number: Option<String>,
    pub share_num: i64,
    pub share_den: i64,
}

pub(in crate::people) const DWELLINGS: &str = "SELECT d.area_id, d.label, d.area_dm2, d.kind, d.delivered, \
     p.name AS developer, p.id_number AS developer_code FROM dwellings d LEFT JOIN persons p ON p.id = d.developer \
     WHERE d.area_id > $1 AND d.area_id < $2 ORDER BY d.area_id LIMIT $3";

pub(in crate::people) const RESIDENTS: &str = "SELECT p.area_id, d.label, p.id, p.name, p.born, p.phone, p.id_number, \
     g.id_number AS guardian, g.id AS guardian_id, g.area_id AS guardian_area FROM persons p JOIN dwellings d ON d.area_id = p.area_id \
     LEFT JOIN persons g ON g.id = p.guardian \
     WHERE (p.area_id, p.id) > ($1, $4) AND p.area_id < $2 AND p.kind = 'natural' ORDER BY p.area_id, p.id LIMIT $3";

pub(in crate::people) const OWNERS: &str = "SELECT d.area_id, d.label, p.id, p.name, p.kind, p.id_number, \
     o.share_num, o.share_den FROM dwellings d JOIN owners o ON o.dwelling_id = d.id JOIN persons p ON p.id = o.person_id \
     WHERE d.area_id > $1 AND d.area_id < $2 AND d.area_id IN (SELECT area_id FROM dwellings \
     WHERE area_id > $1 AND area_id < $2 ORDER BY area_id LIMIT $3) ORDER BY d.area_id, o.person_id";

/// Dwellings of an area after a place, in order.
pub async fn dwellings(
    conn: &mut AnyConnection,
    area: &AreaId,
    after: &str,
    limit: i64,
) -> Result<Vec<DwellingLine>, Error> {
    sqlx::query_as(DWELLINGS).bind(after).bind(area.end()).bind(limit).fetch_all(conn).await
}

/// Residents of an area after a place and person, in order.
pub async fn residents(
    conn: &mut AnyConnection,
    area: &AreaId,
    (place, person): (&str, &str),
    limit: i64,
) -> Result<Vec<ResidentLine>, Error> {
    sqlx::query_as(RESIDENTS).bind(place).bind(area.end()).bind(limit).bind(person).fetch_all(conn).await
}

/// Shares in the dwellings of an area that follow a place: `limit` counts dwellings.
pub async fn owners(conn: &mut AnyConnection, area: &AreaId, after: &str, limit: i64) -> Result<Vec<OwnerLine>, Error> {
    sqlx::query_as(OWNERS).bind(after).bind(area.end()).bind(limit).fetch_all(conn).await
}
