//! Copying a SQLite database whole, beside a server that goes on working.

use super::open::{self, Engine};
use crate::error::{Error, Result};
use sqlx::{AssertSqlSafe, Connection, Executor};

/// Writes a consistent copy of the database at `url` to the new file `to`.
///
/// # Errors
/// The file exists or cannot be written.
pub async fn save(url: &str, to: &str) -> Result<()> {
    let mut conn = open::connection(Engine::Sqlite, url).await?;
    sqlx::query("VACUUM INTO $1").bind(to).execute(&mut conn).await?;
    conn.close().await?;
    Ok(())
}

/// Puts the contents of the copy `from` in place of what the database at `url` holds, in one transaction:
/// readers see all of the old or all of the new. The number of tables copied.
///
/// # Errors
/// The copy is of another version (its migrations differ), or cannot be read; then nothing is changed.
pub async fn load(url: &str, from: &str) -> Result<usize> {
    let mut conn = open::connection(Engine::Sqlite, url).await?;
    conn.execute("PRAGMA foreign_keys = OFF").await?;
    sqlx::query("ATTACH DATABASE $1 AS copy").bind(from).execute(&mut conn).await?;
    let tables = names(&mut conn).await?;
    if book(&mut conn, "main").await? != book(&mut conn, "copy").await? {
        return Err(Error::internal("the copy is of another version of the program"));
    }
    conn.execute("BEGIN IMMEDIATE").await?;
    for table in &tables {
        let sql = format!("DELETE FROM main.\"{table}\"; INSERT INTO main.\"{table}\" SELECT * FROM copy.\"{table}\"");
        conn.execute(AssertSqlSafe(sql)).await?;
    }
    conn.execute("COMMIT").await?;
    conn.close().await?;
    Ok(tables.len())
}

/// Tables that hold data, in order. The book of migrations is of the database, not of its data.
async fn names(conn: &mut sqlx::AnyConnection) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = sqlx::query_as(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
         AND name <> '_sqlx_migrations' ORDER BY name",
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

/// The migrations that a database has been through.
async fn book(conn: &mut sqlx::AnyConnection, schema: &str) -> Result<Vec<(i64, Vec<u8>)>> {
    let sql = format!("SELECT version, checksum FROM {schema}._sqlx_migrations ORDER BY version");
    Ok(sqlx::query_as(AssertSqlSafe(sql)).fetch_all(conn).await?)
}
