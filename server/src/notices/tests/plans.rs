//! The room's queries follow an index: EXPLAIN on SQLite names no full scan of a table that grows.

use super::*;
use crate::notices::store::{self, deliveries, lists, preferences, purge, queue, replies};
use crate::testing;
use sqlx::{AssertSqlSafe, Row};

/// The statements as the stores send them.
const STATEMENTS: [&str; 32] = [
    store::FIND,
    store::FINISH,
    store::VERSIONS,
    deliveries::COUNTS,
    deliveries::COUNT_ALL,
    deliveries::HEARD,
    deliveries::RECIPIENTS,
    deliveries::RECIPIENTS_OF,
    deliveries::UNREAD,
    deliveries::UNREAD_BUILDINGS,
    lists::AREAS,
    lists::INSIDE,
    lists::PUBLIC,
    lists::TOLD,
    preferences::FIND,
    purge::BEGUN,
    purge::DELETE,
    purge::DUE,
    purge::TOTAL,
    queue::CLAIM,
    queue::DELIVER_IN_APP,
    queue::EARLIER,
    queue::NEXT_DUE,
    queue::NEXT_IN_APP,
    queue::SKIP_NO_SMS,
    queue::SKIP_NO_WECHAT,
    queue::SWEEP,
    replies::COUNT,
    replies::LIST,
    replies::OF_PERSON,
    crate::inbox::FILTERED,
    crate::identity::HOLDERS,
];

/// What may be read whole: who opted out, and what is being purged, each on an index of its own that holds nothing else.
const WHOLE: [&str; 2] = ["notices_preferences_no_", "notices_purge_begun"];

#[tokio::test]
async fn no_statement_scans_a_table() {
    let core = testing::sqlite().await;
    residents(&core, 100).await.unwrap();
    sent(&core, form(&[Channel::Sms])).await;
    let mut conn = core.db.read().await.unwrap();
    let grouped = deliveries::read_text(3);
    for statement in STATEMENTS.into_iter().chain([grouped.as_str()]) {
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
        let plan = sqlx::query(explain).fetch_all(&mut *conn).await.unwrap();
        let lines: Vec<String> = plan.iter().map(|row| row.get::<String, _>(3)).collect();
        let fine = |line: &String| !line.starts_with("SCAN") || WHOLE.iter().any(|index| line.contains(index));
        assert!(!lines.is_empty() && lines.iter().all(fine), "{statement}: {lines:?}");
        if statement == deliveries::HEARD {
            // Every reader of every page asks: one row, not a walk through a notice.
            assert!(lines.iter().all(|line| line.contains("person=?")), "{lines:?}");
        }
    }
}
