//! Many rows in one statement: `INSERT INTO … VALUES ($1, $2), ($3, $4), …`.

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Error};
use std::fmt::Write;

/// Parameters of one statement at most: SQLite allows 32,766, PostgreSQL 65,535.
const PARAMETERS: usize = 32_766;
/// Rows of one statement at most: more of them gain nothing and make the texts long.
const ROWS: usize = 500;

/// A statement whose values are being bound.
pub type Bound = Query<'static, Any, AnyArguments>;

/// A row that goes in with many others.
pub trait Row: Sync {
    /// Table and columns, e.g. `areas (id, name)`.
    const INTO: &'static str;

    /// Binds one value per column of [`Row::INTO`], in that order.
    fn bind(&self, bound: Bound) -> Bound;
}

/// Inserts all of `rows`, in their order.
///
/// # Errors
/// The database's own; a broken constraint among them.
pub async fn insert<R: Row>(conn: &mut AnyConnection, rows: &[R]) -> Result<(), Error> {
    put(conn, rows, "").await.map(drop)
}

/// As [`insert`], leaving out rows that are there already; how many are new.
///
/// # Errors
/// The database's own; a broken constraint other than a unique one among them.
pub async fn insert_new<R: Row>(conn: &mut AnyConnection, rows: &[R]) -> Result<u64, Error> {
    put(conn, rows, " ON CONFLICT DO NOTHING").await
}

async fn put<R: Row>(conn: &mut AnyConnection, rows: &[R], end: &str) -> Result<u64, Error> {
    let (columns, mut count) = (columns(R::INTO), 0);
    // SQLite finds each `$n` by walking all of them, which takes longer than writing the rows; nameless marks
    // it counts.
    let named = conn.backend_name() != "SQLite";
    for part in rows.chunks(ROWS.min(PARAMETERS / columns)) {
        let bound = sqlx::query(AssertSqlSafe(text(R::INTO, columns, part.len(), named) + end));
        let done = part.iter().fold(bound, |bound, row| row.bind(bound)).execute(&mut *conn).await?;
        count += done.rows_affected();
    }
    Ok(count)
}

/// Placeholders for `count` values, the first of them `$first`: `$2, $3, $4`.
pub fn marks(first: usize, count: usize) -> String {
    let mut text = String::new();
    for at in first..first + count {
        // Writing to a String cannot fail.
        let _ = write!(text, "{}${at}", if at == first { "" } else { ", " });
    }
    text
}

/// Columns named by `table (a, b)`.
fn columns(into: &str) -> usize {
    into.matches(',').count() + 1
}

fn text(into: &str, columns: usize, rows: usize, named: bool) -> String {
    let mut text = format!("INSERT INTO {into} VALUES ");
    for at in 0..rows * columns {
        let before = if at == 0 {
            "("
        } else if at % columns == 0 {
            "), ("
        } else {
            ", "
        };
        text.push_str(before);
        // Writing to a String cannot fail.
        let _ = if named { write!(text, "${}", at + 1) } else { write!(text, "?") };
    }
    text.push(')');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbered_through_all_rows() {
        let into = "areas (id, name)";
        assert_eq!(marks(2, 3), "$2, $3, $4");
        assert_eq!(text(into, columns(into), 2, true), "INSERT INTO areas (id, name) VALUES ($1, $2), ($3, $4)");
        assert_eq!(text(into, columns(into), 2, false), "INSERT INTO areas (id, name) VALUES (?, ?), (?, ?)");
    }
}
