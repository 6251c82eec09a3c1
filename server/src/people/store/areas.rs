//! Areas and their names.

use super::bulk;
use contract::AreaId;
use contract::people::AreaName;
use sqlx::{AnyConnection, Error};

#[derive(sqlx::FromRow)]
struct Row {
    id: AreaId,
    name: String,
}

impl From<Row> for AreaName {
    fn from(row: Row) -> Self {
        Self { id: row.id, name: row.name }
    }
}

pub async fn find(conn: &mut AnyConnection, id: &AreaId) -> Result<Option<AreaName>, Error> {
    let row: Option<Row> =
        sqlx::query_as("SELECT id, name FROM areas WHERE id = $1").bind(id).fetch_optional(conn).await?;
    Ok(row.map(AreaName::from))
}

/// Areas by their ids.
pub async fn many(conn: &mut AnyConnection, ids: &[&str]) -> Result<Vec<AreaName>, Error> {
    let rows: Vec<Row> = bulk::all(conn, "SELECT id, name FROM areas WHERE id IN ", ids).await?;
    Ok(rows.into_iter().map(AreaName::from).collect())
}

/// An area and all inside it.
pub async fn inside(conn: &mut AnyConnection, area: &AreaId) -> Result<Vec<AreaName>, Error> {
    let rows: Vec<Row> = sqlx::query_as("SELECT id, name FROM areas WHERE id >= $1 AND id < $2 ORDER BY id")
        .bind(area)
        .bind(area.end())
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(AreaName::from).collect())
}

/// Enters an area, or gives it another name and code.
pub async fn put(conn: &mut AnyConnection, id: &AreaId, name: &str, code: Option<&str>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO areas (id, parent, kind, name, code) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, code = excluded.code",
    )
    .bind(id)
    .bind(id.parent())
    .bind(id.kind().code())
    .bind(name)
    .bind(code)
    .execute(conn)
    .await
    .map(drop)
}

pub async fn children(conn: &mut AnyConnection, parent: &AreaId) -> Result<Vec<AreaName>, Error> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT id, name FROM areas WHERE parent = $1 ORDER BY id").bind(parent).fetch_all(conn).await?;
    Ok(rows.into_iter().map(AreaName::from).collect())
}
