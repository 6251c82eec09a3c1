//! SQL over sealed columns; names come from the list of columns alone.

use super::Column;
use crate::db::Tx;
use crate::error::Result;
use sqlx::{AnyConnection, AssertSqlSafe, Error};

/// Sealed values after a key, in order of the key.
pub(super) async fn batch(
    conn: &mut AnyConnection,
    Column { table, key, name, .. }: &Column,
    after: &str,
    limit: i64,
) -> Result<Vec<(String, String)>, Error> {
    let sql =
        format!("SELECT {key}, {name} FROM {table} WHERE {key} > $1 AND {name} IS NOT NULL ORDER BY {key} LIMIT $2");
    sqlx::query_as(AssertSqlSafe(sql)).bind(after).bind(limit).fetch_all(conn).await
}

/// Puts new values in place, unless somebody changed them meanwhile.
pub(super) async fn replace(
    tx: &mut Tx,
    Column { table, key, name, .. }: &Column,
    values: &[(String, String, String)],
) -> Result<()> {
    let sql = format!("UPDATE {table} SET {name} = $1 WHERE {key} = $2 AND {name} = $3");
    for (key, old, new) in values {
        sqlx::query(AssertSqlSafe(sql.clone())).bind(new).bind(key).bind(old).execute(tx.conn()).await?;
    }
    Ok(())
}
