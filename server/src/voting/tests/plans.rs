//! The room's queries follow an index: EXPLAIN on SQLite names no full scan of a table that grows.

use super::*;
use crate::testing;
use crate::voting::mandates::store as mandates;
use crate::voting::objections::store as objections;
use crate::voting::papers::store as papers;
use crate::voting::store::{BY_SHORT, FIND, amend, keys, lists, merged, paper, register, relist, roll, rules, urn};
use sqlx::{AssertSqlSafe, Row};

/// The statements as the stores send them.
const STATEMENTS: &[&str] = &[
    amend::HAS_PAPER,
    amend::HEADS,
    amend::MARK_PAPER,
    amend::MEMBERS,
    amend::ROLL_IS_OPEN,
    amend::VOTER,
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
    mandates::ACTIVE_OF,
    mandates::BY_KEY,
    mandates::FIND,
    mandates::GIVEN,
    mandates::HELD,
    mandates::OF_VOTE,
    mandates::SLOTS,
    merged::BETWEEN,
    merged::HEADS,
    merged::HELD,
    merged::VOTES,
    objections::CHANGES,
    objections::FIND,
    objections::OF_PERSON,
    objections::OF_VOTE,
    paper::ITEMS,
    paper::OPTIONS,
    papers::ALL_SCANS,
    papers::CHANNELS,
    papers::ENTRIES,
    papers::FIND,
    papers::LAST,
    papers::NUMBERS,
    papers::OF_VOTE,
    papers::SCANS,
    papers::STATES,
    papers::WITHOUT,
    register::ACTING,
    register::PAGE,
    register::SHOWN,
    relist::COUNTED_BY,
    relist::LISTED,
    relist::PERSONS,
    roll::DELIVERED,
    roll::ENTRIES,
    roll::MARK_BY_MANDATE,
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
