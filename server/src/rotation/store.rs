//! SQL over sealed columns; names come from the list of columns alone.

use super::Column;
use crate::db::Tx;
use crate::error::Result;
use sqlx::{AnyConnection, AssertSqlSafe, Error, Row};

/// A row's key, column by column as text.
pub(super) type Key = Vec<String>;

/// Names and types of a key's columns.
fn key(column: &Column) -> Vec<(&'static str, &'static str)> {
    column.key.split(", ").map(|part| part.split_once(' ').unwrap_or((part, "TEXT"))).collect()
}

/// Placeholders for the columns of a key, the first of them `$first`, each of its column's type.
fn bound(key: &[(&str, &str)], first: usize) -> Vec<String> {
    (first..).zip(key).map(|(at, (_, kind))| format!("CAST(${at} AS {kind})")).collect()
}

/// Sealed values after a key, in its order; from the first one after an empty key.
pub(super) async fn batch(
    conn: &mut AnyConnection,
    column: &Column,
    after: &[String],
    limit: i64,
) -> Result<Vec<(Key, String)>, Error> {
    let (key, Column { table, name, .. }) = (key(column), column);
    // With their table: a bare name would be that of the text, by which PostgreSQL would sort numbers.
    let order = key.iter().map(|(name, _)| format!("{table}.{name}")).collect::<Vec<_>>().join(", ");
    let texts = key.iter().map(|(name, _)| format!("CAST({name} AS TEXT)")).collect::<Vec<_>>().join(", ");
    let from = match after.is_empty() {
        true => String::new(),
        false => format!(" AND ({order}) > ({})", bound(&key, 2).join(", ")),
    };
    let sql = format!("SELECT {texts}, {name} FROM {table} WHERE {name} IS NOT NULL{from} ORDER BY {order} LIMIT $1");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(limit);
    let rows = after.iter().fold(query, |query, part| query.bind(part.clone())).fetch_all(conn).await?;
    let row = |row: sqlx::any::AnyRow| {
        let parts = (0..key.len()).map(|at| row.try_get(at)).collect::<Result<Key, Error>>()?;
        Ok((parts, row.try_get(key.len())?))
    };
    rows.into_iter().map(row).collect()
}

/// Puts new values in place, unless somebody changed them meanwhile.
pub(super) async fn replace(tx: &mut Tx, column: &Column, values: &[(Key, String, String)]) -> Result<()> {
    let (key, Column { table, name, .. }) = (key(column), column);
    let here: Vec<String> =
        key.iter().zip(bound(&key, 3)).map(|((name, _), bound)| format!("{name} = {bound}")).collect();
    let sql = format!("UPDATE {table} SET {name} = $1 WHERE {name} = $2 AND {}", here.join(" AND "));
    for (parts, old, new) in values {
        let query = sqlx::query(AssertSqlSafe(sql.clone())).bind(new.clone()).bind(old.clone());
        parts.iter().fold(query, |query, part| query.bind(part.clone())).execute(tx.conn()).await?;
    }
    Ok(())
}
