//! The room's queries follow an index: EXPLAIN on SQLite names no full scan of a table that grows.

use super::*;
use crate::testing;
use crate::voting::store::{BY_SHORT, CANDIDATES, FIND, lists, roll, urn};
use sqlx::{AssertSqlSafe, Row};

/// The statements as the stores send them.
const STATEMENTS: [&str; 17] = [
    BY_SHORT,
    CANDIDATES,
    FIND,
    lists::AREAS,
    lists::INSIDE,
    lists::OF_PERSON,
    lists::OPEN_FOR,
    roll::ENTRY,
    roll::HEADS_AFTER,
    roll::MARK_VOTED,
    roll::TURNOUT,
    roll::WAITING,
    urn::AFTER,
    urn::ALL,
    urn::COUNTED,
    urn::COUNTED_ONE,
    urn::SEALED,
];

#[tokio::test]
async fn no_statement_scans_a_table() {
    let core = testing::sqlite().await;
    open_election(&core, 100, 2, 1).await;
    let mut conn = core.db.read().await.unwrap();
    for statement in STATEMENTS {
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
        let plan = sqlx::query(explain).fetch_all(&mut *conn).await.unwrap();
        let lines: Vec<String> = plan.iter().map(|row| row.get::<String, _>(3)).collect();
        assert!(!lines.is_empty() && lines.iter().all(|line| !line.starts_with("SCAN")), "{statement}: {lines:?}");
    }
}
