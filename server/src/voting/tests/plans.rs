//! The room's queries follow an index: EXPLAIN on SQLite names no full scan of a table that grows.

use super::*;
use crate::testing;
use crate::voting::store::{BY_SHORT, FIND, keys, lists, paper, register, roll, rules, urn};
use sqlx::{AssertSqlSafe, Row};

/// The statements as the stores send them.
const STATEMENTS: [&str; 29] = [
    BY_SHORT,
    FIND,
    keys::GIVEN,
    keys::HOLDERS,
    keys::SIGNED,
    keys::SIGNED_AFTER,
    keys::WRAPS,
    lists::AREAS,
    lists::INSIDE,
    lists::OF_PERSON,
    lists::OPEN_FOR,
    paper::ITEMS,
    paper::OPTIONS,
    register::ACTING,
    register::PAGE,
    register::SHOWN,
    roll::DELIVERED,
    roll::ENTRIES,
    roll::MARK_VOTED,
    roll::PERSONS_AFTER,
    roll::TURNOUT,
    roll::WAITING,
    rules::INSIDE,
    rules::OF_AREA,
    urn::ALL,
    urn::COUNT,
    urn::COUNTED,
    urn::COUNTED_ONE,
    urn::MARK,
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
