//! What must hold of the ledger at any moment, asked of the tables themselves.

use super::*;

/// Asserts that both sides of each movement are posted and equal, that no balance is negative, and that
/// every balance is the sum of its postings; the number of movements.
pub(super) async fn audit(core: &Core) -> i64 {
    let one_sided = "SELECT COUNT(*) FROM points_transfers t WHERE NOT EXISTS (SELECT 1 FROM points_postings p \
         WHERE p.account = t.to_account AND p.transfer = t.id AND p.amount = t.amount) \
         OR NOT EXISTS (SELECT 1 FROM points_postings p \
         WHERE p.account = t.from_account AND p.transfer = t.id AND p.amount = -t.amount)";
    let surplus = "SELECT (SELECT COUNT(*) FROM points_postings) - 2 * (SELECT COUNT(*) FROM points_transfers)";
    let differing = "SELECT COUNT(*) FROM points_balances b WHERE b.balance <> \
         (SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT) FROM points_postings p WHERE p.account = 'resident:' || b.person)";
    let unkept = "SELECT COUNT(*) FROM points_postings p WHERE p.account LIKE 'resident:%' AND NOT EXISTS \
         (SELECT 1 FROM points_balances b WHERE p.account = 'resident:' || b.person)";
    let sum = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM points_postings";
    let negative = "SELECT COUNT(*) FROM points_balances WHERE balance < 0";
    for (what, sql) in [
        ("movements with a side missing", one_sided),
        ("postings beyond the two of each movement", surplus),
        ("balances that differ from their postings", differing),
        ("residents with postings and no balance", unkept),
        ("sum of the ledger", sum),
        ("negative balances", negative),
    ] {
        assert_eq!(count(core, sql).await, 0, "{what}");
    }
    count(core, "SELECT COUNT(*) FROM points_transfers").await
}

pub(super) async fn count(core: &Core, sql: &'static str) -> i64 {
    let mut conn = core.db.read().await.unwrap();
    let (count,): (i64,) = sqlx::query_as(sql).fetch_one(&mut *conn).await.unwrap();
    count
}
