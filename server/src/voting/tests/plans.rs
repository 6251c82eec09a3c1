//! Every query of the room follows an index: EXPLAIN on SQLite names no full scan of a table that grows.

use super::*;
use crate::testing;
use sqlx::{AssertSqlSafe, Row};

/// The statements that residents cause, as the stores send them.
const STATEMENTS: [&str; 8] = [
    "UPDATE voting_roll SET voted_at = 1 WHERE vote = 'v' AND person = 'p' AND voted_at IS NULL",
    "SELECT r.voted_at FROM voting_roll r JOIN voting_votes v ON v.id = r.vote WHERE r.person = 'p' \
     AND v.state = 'announced' AND v.opens_at <= 1 AND v.closes_at > 1 ORDER BY v.closes_at, v.id LIMIT 20",
    "SELECT v.id FROM voting_roll r JOIN voting_votes v ON v.id = r.vote WHERE r.person = 'p' \
     AND ('' = '' OR r.vote < '') ORDER BY r.vote DESC LIMIT 20",
    "SELECT building, COUNT(*), COUNT(voted_at), SUM(area_dm2) FROM voting_roll WHERE vote = 'v' GROUP BY building",
    "SELECT choice FROM voting_ballots WHERE vote = 'v' AND id = 'i'",
    "SELECT id, choices FROM voting_counted WHERE vote = 'v' ORDER BY id",
    "SELECT id FROM voting_votes WHERE area >= '3410' AND area < '3410/' ORDER BY id DESC LIMIT 20",
    "SELECT id FROM voting_votes WHERE short = 1",
];

#[tokio::test]
async fn no_statement_scans_a_table() {
    let core = testing::sqlite().await;
    open_election(&core, 100, 2, 1).await;
    let mut conn = core.db.read().await.unwrap();
    for statement in STATEMENTS {
        let plan =
            sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"))).fetch_all(&mut *conn).await.unwrap();
        let lines: Vec<String> = plan.iter().map(|row| row.get::<String, _>(3)).collect();
        assert!(!lines.is_empty() && lines.iter().all(|line| !line.starts_with("SCAN")), "{statement}: {lines:?}");
    }
}
