//! SQL of the event log.

use super::Event;
use crate::db::rows::marks;
use contract::Millis;
use contract::ids::EventId;
use sqlx::{AnyConnection, AssertSqlSafe, Error};

/// One event as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct Recorded {
    /// The event's id.
    pub id: EventId,
    /// When, in epoch milliseconds.
    pub at: Millis,
    /// Who: a person, an account, or a name of the system's.
    pub actor: String,
    /// The room.
    pub room: String,
    /// The verb in it.
    pub verb: String,
    /// Where.
    pub area: String,
    /// To what.
    pub subject: String,
    /// JSON.
    pub payload: String,
}

/// One sealed block.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Block {
    pub height: i64,
    pub previous: String,
    pub root: String,
    pub events: i64,
    pub sealed_at: Millis,
    pub hash: String,
}

/// Ids are hexadecimal: all stand before a tilde.
const LAST: &str = "~";

/// See [`about`]; for so many verbs and subjects.
pub fn about_text(verbs: usize, subjects: usize) -> String {
    format!(
        "SELECT id, at, actor, room, verb, area, subject, payload FROM events WHERE id < $1 AND room = $2 \
         AND verb IN ({}) AND subject IN ({}) ORDER BY id DESC LIMIT $3",
        marks(4, verbs),
        marks(4 + verbs, subjects)
    )
}

pub(super) async fn about(
    conn: &mut AnyConnection,
    (room, verbs): (&'static str, &[&'static str]),
    subjects: &[String],
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Recorded>, Error> {
    let query = sqlx::query_as(AssertSqlSafe(about_text(verbs.len(), subjects.len())));
    let query = query.bind(before.unwrap_or(LAST).to_owned()).bind(room).bind(limit);
    let query = verbs.iter().fold(query, |query, verb| query.bind(*verb));
    subjects.iter().fold(query, |query, subject| query.bind(subject.clone())).fetch_all(conn).await
}

pub(super) async fn insert<P>(
    conn: &mut AnyConnection,
    id: &EventId,
    at: Millis,
    actor: &str,
    event: &Event<'_, P>,
    payload: &str,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO events (id, at, actor, room, verb, area, subject, payload) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(at)
    .bind(actor)
    .bind(event.room)
    .bind(event.verb)
    .bind(event.area)
    .bind(event.subject)
    .bind(payload)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn last_block(conn: &mut AnyConnection) -> Result<Option<Block>, Error> {
    sqlx::query_as(
        "SELECT height, previous, root, events, sealed_at, hash FROM event_blocks ORDER BY height DESC LIMIT 1",
    )
    .fetch_optional(conn)
    .await
}

/// Gives up to `limit` unsealed events their block.
pub(super) async fn claim(conn: &mut AnyConnection, height: i64, limit: i64) -> Result<u64, Error> {
    let done = sqlx::query(
        "UPDATE events SET block = $1 WHERE id IN (SELECT id FROM events WHERE block IS NULL ORDER BY id LIMIT $2)",
    )
    .bind(height)
    .bind(limit)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Events of a block in their order.
pub(super) async fn of_block(conn: &mut AnyConnection, height: i64) -> Result<Vec<Recorded>, Error> {
    sqlx::query_as("SELECT id, at, actor, room, verb, area, subject, payload FROM events WHERE block = $1 ORDER BY id")
        .bind(height)
        .fetch_all(conn)
        .await
}

pub(super) async fn insert_block(conn: &mut AnyConnection, block: &Block) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO event_blocks (height, previous, root, events, sealed_at, hash) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(block.height)
    .bind(&block.previous)
    .bind(&block.root)
    .bind(block.events)
    .bind(block.sealed_at)
    .bind(&block.hash)
    .execute(conn)
    .await?;
    Ok(())
}

/// Blocks above `height`, lowest first.
pub(super) async fn blocks_after(conn: &mut AnyConnection, height: i64, limit: i64) -> Result<Vec<Block>, Error> {
    sqlx::query_as(
        "SELECT height, previous, root, events, sealed_at, hash FROM event_blocks WHERE height > $1 \
         ORDER BY height LIMIT $2",
    )
    .bind(height)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// How far a follower has read; 0 before its first block.
pub(super) async fn cursor(conn: &mut AnyConnection, follower: &str) -> Result<i64, Error> {
    let row: Option<(i64,)> =
        sqlx::query_as("SELECT height FROM cursors WHERE follower = $1").bind(follower).fetch_optional(conn).await?;
    Ok(row.map_or(0, |(height,)| height))
}

/// Moves a follower from `from` to `to`; false when another server moved it first.
pub(super) async fn advance(conn: &mut AnyConnection, follower: &str, from: i64, to: i64) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO cursors (follower, height) VALUES ($1, $2) \
         ON CONFLICT (follower) DO UPDATE SET height = excluded.height WHERE cursors.height = $3",
    )
    .bind(follower)
    .bind(to)
    .bind(from)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
