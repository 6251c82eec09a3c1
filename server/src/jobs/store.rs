//! SQL of the job queue. A job is waiting, leased, done (`done_at`) or dead (`dead_at`).

use super::handlers::Kinds;
use crate::db::rows::marks;
use contract::Millis;
use contract::ids::JobId;
use contract::jobs::DeadJob;
use sqlx::{AnyConnection, AssertSqlSafe, Error};

/// A job as a worker took it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Taken {
    pub id: JobId,
    pub kind: String,
    pub payload: String,
    /// Attempts begun, this one included.
    pub attempts: i64,
}

/// A job given up.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Dead {
    pub id: JobId,
    kind: String,
    attempts: i64,
    dead_at: Millis,
    last_error: Option<String>,
}

impl From<Dead> for DeadJob {
    fn from(row: Dead) -> Self {
        let Dead { id, kind, attempts, dead_at, last_error } = row;
        Self { id, kind, attempts, dead_at, last_error: last_error.unwrap_or_default() }
    }
}

/// Queues a job; false when one of the same unique key exists.
pub(super) async fn insert(
    conn: &mut AnyConnection,
    id: &JobId,
    kind: &str,
    payload: &str,
    unique_key: Option<&str>,
    run_at: Millis,
    now: Millis,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO jobs (id, kind, payload, unique_key, run_at, created_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (unique_key) DO NOTHING",
    )
    .bind(id)
    .bind(kind)
    .bind(payload)
    .bind(unique_key)
    .bind(run_at)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Leases the job of some kinds that is due longest, if any: never begun, put off, or left by a worker whose
/// lease ran out. The condition stands twice, so that of two workers who saw the same job one gets it.
pub(super) async fn take(
    conn: &mut AnyConnection,
    worker: &str,
    kinds: &Kinds,
    now: Millis,
    until: Millis,
) -> Result<Option<Taken>, Error> {
    let query = sqlx::query_as(AssertSqlSafe(take_text(kinds))).bind(worker).bind(until).bind(now);
    let named = match kinds {
        Kinds::Only(named) | Kinds::Not(named) => named.as_slice(),
        Kinds::All => &[],
    };
    named.iter().fold(query, |query, kind| query.bind(*kind)).fetch_optional(conn).await
}

/// See [`take`]. No kinds at all: nothing is taken up of them, and nothing is left.
pub(super) fn take_text(kinds: &Kinds) -> String {
    let these = match kinds {
        Kinds::Only(named) if named.is_empty() => " AND 1 = 0".to_owned(),
        Kinds::Only(named) => format!(" AND kind IN ({})", marks(4, named.len())),
        Kinds::Not(named) if !named.is_empty() => format!(" AND kind NOT IN ({})", marks(4, named.len())),
        Kinds::Not(_) | Kinds::All => String::new(),
    };
    format!(
        "UPDATE jobs SET lease_by = $1, lease_until = $2, attempts = attempts + 1 \
         WHERE id = (SELECT id FROM jobs WHERE done_at IS NULL AND dead_at IS NULL AND run_at <= $3 \
                     AND (lease_until IS NULL OR lease_until <= $3){these} ORDER BY run_at, id LIMIT 1) \
         AND done_at IS NULL AND dead_at IS NULL AND (lease_until IS NULL OR lease_until <= $3) \
         RETURNING id, kind, payload, attempts"
    )
}

/// Renews the lease; false when it is another's by now.
pub(super) async fn renew(conn: &mut AnyConnection, id: &JobId, worker: &str, until: Millis) -> Result<bool, Error> {
    let done = sqlx::query("UPDATE jobs SET lease_until = $1 WHERE id = $2 AND lease_by = $3 AND done_at IS NULL")
        .bind(until)
        .bind(id)
        .bind(worker)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Is the job of this unique key dead?
pub(super) async fn given_up(conn: &mut AnyConnection, unique_key: &str) -> Result<bool, Error> {
    let row: Option<(i64,)> = sqlx::query_as("SELECT dead_at FROM jobs WHERE unique_key = $1 AND dead_at IS NOT NULL")
        .bind(unique_key)
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// How an attempt ended, written down.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ending<'a> {
    /// Done at this moment.
    Done(Millis),
    /// Failed for this reason; again at this moment.
    Again(Millis, &'a str),
    /// Failed for this reason and given up at this moment.
    Dead(Millis, &'a str),
}

/// Ends an attempt and the lease with it; false, and nothing changed, when the lease is another's by now.
pub(super) async fn end(conn: &mut AnyConnection, id: &JobId, worker: &str, how: Ending<'_>) -> Result<bool, Error> {
    let (done_at, run_at, dead_at, why) = match how {
        Ending::Done(at) => (Some(at), None, None, None),
        Ending::Again(at, why) => (None, Some(at), None, Some(why)),
        Ending::Dead(at, why) => (None, None, Some(at), Some(why)),
    };
    let done = sqlx::query(
        "UPDATE jobs SET done_at = $3, run_at = COALESCE($4, run_at), dead_at = $5, last_error = $6, \
         lease_by = NULL, lease_until = NULL WHERE id = $1 AND lease_by = $2",
    )
    .bind(id)
    .bind(worker)
    .bind(done_at)
    .bind(run_at)
    .bind(dead_at)
    .bind(why)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes up to `limit` jobs done before `until`; how many.
pub(super) async fn purge(conn: &mut AnyConnection, until: Millis, limit: i64) -> Result<u64, Error> {
    let done = sqlx::query(PURGE).bind(until).bind(limit).execute(conn).await?;
    Ok(done.rows_affected())
}

pub(super) const PURGE: &str =
    "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE done_at < $1 ORDER BY done_at LIMIT $2)";

/// Jobs given up, by id after `after`.
pub(super) async fn dead(conn: &mut AnyConnection, after: &str, limit: i64) -> Result<Vec<Dead>, Error> {
    sqlx::query_as(
        "SELECT id, kind, attempts, dead_at, last_error FROM jobs WHERE dead_at IS NOT NULL AND id > $1 \
         ORDER BY id LIMIT $2",
    )
    .bind(after)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Queues a dead job again with all its attempts; false when there is none of that id.
pub(super) async fn revive(conn: &mut AnyConnection, id: &JobId, now: Millis) -> Result<bool, Error> {
    let done =
        sqlx::query("UPDATE jobs SET dead_at = NULL, attempts = 0, run_at = $1 WHERE id = $2 AND dead_at IS NOT NULL")
            .bind(now)
            .bind(id)
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}
