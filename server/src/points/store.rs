//! SQL of the ledger.

use super::ledger::{Reason, Transfer};
use contract::Millis;
use contract::ids::{EventId, PersonId, TransferId};
use contract::points::{Line, Points, Rule};
use sqlx::{AnyConnection, Error};

/// One version of a rule.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct RuleRow {
    pub id: String,
    pub room: String,
    pub verb: String,
    pub version: i64,
    pub amount: Points,
    pub daily_cap: Option<Points>,
    pub effective_from: Millis,
}

impl RuleRow {
    pub(super) fn rule(&self) -> Rule {
        let Self { room, verb, version, amount, daily_cap, effective_from, .. } = self.clone();
        Rule { room, verb, version, amount, daily_cap, effective_from }
    }
}

/// A movement as it was made.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Made {
    pub from_account: String,
    pub to_account: String,
    pub amount: Points,
    reverses: Option<TransferId>,
}

impl Made {
    pub(super) fn is_reversal(&self) -> bool {
        self.reverses.is_some()
    }
}

/// One line of a statement.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct LineRow {
    pub transfer: TransferId,
    at: Millis,
    amount: Points,
    reason: String,
    rule_version: Option<i64>,
    event: Option<EventId>,
    reversed: i64,
}

impl LineRow {
    pub(super) fn into_line(self) -> Line {
        let Self { transfer, at, amount, reason, rule_version, event, reversed } = self;
        Line { transfer, at, amount, reason, rule_version, event, reversed: reversed == 1 }
    }
}

/// Every version of every rule.
pub(super) async fn rules(conn: &mut AnyConnection) -> Result<Vec<RuleRow>, Error> {
    sqlx::query_as(
        "SELECT id, room, verb, version, amount, daily_cap, effective_from FROM points_rules \
         ORDER BY room, verb, version",
    )
    .fetch_all(conn)
    .await
}

/// False when the award (event and rule) is there already.
pub(super) async fn insert_transfer(
    conn: &mut AnyConnection,
    id: &TransferId,
    transfer: &Transfer,
    from: &str,
    to: &str,
) -> Result<bool, Error> {
    let (event, rule, reverses) = match &transfer.reason {
        Reason::Award { event, rule, .. } => (Some(event.as_str()), Some(rule.as_str()), None),
        Reason::Spend(_) => (None, None, None),
        Reason::Reversal(id) => (None, None, Some(id.as_str())),
    };
    let done = sqlx::query(
        "INSERT INTO points_transfers (id, at, from_account, to_account, amount, reason, event, rule, reverses) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (event, rule) DO NOTHING",
    )
    .bind(id)
    .bind(transfer.at)
    .bind(from)
    .bind(to)
    .bind(transfer.amount)
    .bind(transfer.reason.code())
    .bind(event)
    .bind(rule)
    .bind(reverses)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Both sides of a movement.
pub(super) async fn insert_postings(
    conn: &mut AnyConnection,
    id: &TransferId,
    transfer: &Transfer,
    from: &str,
    to: &str,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO points_postings (account, transfer, at, amount) VALUES ($1, $2, $3, -$4), ($5, $2, $3, $4)",
    )
    .bind(from)
    .bind(id)
    .bind(transfer.at)
    .bind(transfer.amount)
    .bind(to)
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes from a resident's balance; false when there is too little.
pub(super) async fn take(conn: &mut AnyConnection, person: &PersonId, amount: Points) -> Result<bool, Error> {
    let done = sqlx::query("UPDATE points_balances SET balance = balance - $2 WHERE person = $1 AND balance >= $2")
        .bind(person)
        .bind(amount)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn give(conn: &mut AnyConnection, person: &PersonId, amount: Points) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO points_balances (person, balance) VALUES ($1, $2) \
         ON CONFLICT (person) DO UPDATE SET balance = points_balances.balance + excluded.balance",
    )
    .bind(person)
    .bind(amount)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn balance(conn: &mut AnyConnection, person: &PersonId) -> Result<Points, Error> {
    let row: Option<(Points,)> = sqlx::query_as("SELECT balance FROM points_balances WHERE person = $1")
        .bind(person)
        .fetch_optional(conn)
        .await?;
    Ok(row.map_or(Points::ZERO, |(balance,)| balance))
}

/// What an account was awarded for acts of one kind from `from` until before `until`, by whatever version.
pub(super) async fn awarded(
    conn: &mut AnyConnection,
    account: &str,
    room: &str,
    verb: &str,
    from: Millis,
    until: Millis,
) -> Result<Points, Error> {
    let (sum,): (Points,) = sqlx::query_as(
        "SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM points_transfers t \
         JOIN points_rules r ON r.id = t.rule \
         WHERE t.to_account = $1 AND r.room = $2 AND r.verb = $3 AND t.at >= $4 AND t.at < $5",
    )
    .bind(account)
    .bind(room)
    .bind(verb)
    .bind(from)
    .bind(until)
    .fetch_one(conn)
    .await?;
    Ok(sum)
}

pub(super) async fn made(conn: &mut AnyConnection, id: &TransferId) -> Result<Option<Made>, Error> {
    sqlx::query_as("SELECT from_account, to_account, amount, reverses FROM points_transfers WHERE id = $1")
        .bind(id)
        .fetch_optional(conn)
        .await
}

pub(super) async fn is_reversed(conn: &mut AnyConnection, id: &TransferId) -> Result<bool, Error> {
    let row: Option<(TransferId,)> =
        sqlx::query_as("SELECT id FROM points_transfers WHERE reverses = $1").bind(id).fetch_optional(conn).await?;
    Ok(row.is_some())
}

/// Lines of an account's statement made before transfer `before` (none: the newest), newest first.
pub(super) async fn lines(
    conn: &mut AnyConnection,
    account: &str,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<LineRow>, Error> {
    sqlx::query_as(
        "SELECT p.transfer, p.at, p.amount, t.reason, r.version AS rule_version, t.event, \
         CASE WHEN b.id IS NULL THEN 0 ELSE 1 END AS reversed \
         FROM points_postings p JOIN points_transfers t ON t.id = p.transfer \
         LEFT JOIN points_rules r ON r.id = t.rule LEFT JOIN points_transfers b ON b.reverses = t.id \
         WHERE p.account = $1 AND p.transfer < $2 ORDER BY p.transfer DESC LIMIT $3",
    )
    .bind(account)
    // Every id sorts before '~'.
    .bind(before.unwrap_or("~"))
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// What came to an account and what went from it, from `from` until before `until`.
pub(super) async fn turnover(
    conn: &mut AnyConnection,
    account: &str,
    from: Millis,
    until: Millis,
) -> Result<(Points, Points), Error> {
    sqlx::query_as(
        "SELECT CAST(COALESCE(SUM(CASE WHEN amount > 0 THEN amount ELSE 0 END), 0) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN amount < 0 THEN -amount ELSE 0 END), 0) AS BIGINT) \
         FROM points_postings WHERE account = $1 AND at >= $2 AND at < $3",
    )
    .bind(account)
    .bind(from)
    .bind(until)
    .fetch_one(conn)
    .await
}
