//! The same three rows a ballot with nothing around them: no door, no verb, no checks of the answer.

use crate::Failure;
use contract::ids::VoteId;
use server::voting::testing::person;
use sqlx::{Connection, Executor, SqliteConnection};
use std::path::PathBuf;

/// Ballots in one commit.
const GROUP: usize = 100;
/// As the server sets its connections.
const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
     PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA mmap_size = 0;";
const MARK: &str = "UPDATE voting_roll SET voted_at = $1 WHERE vote = $2 AND head = $3 AND voted_at IS NULL \
     AND EXISTS (SELECT 1 FROM voting_members WHERE vote = $2 AND head = $3 AND person = $3 AND may_vote = 1) \
     AND EXISTS (SELECT 1 FROM voting_votes WHERE id = $2 AND state = 'announced') RETURNING building";
const BALLOT: &str = "INSERT INTO voting_ballots (vote, id, envelope, mark) VALUES ($1, $2, $3, $4)";
const EVENT: &str = "INSERT INTO events (id, at, actor, room, verb, area, subject, payload) \
     VALUES ($1, $2, $3, 'voting', 'cast', $4, $5, '{}')";

/// A row's texts, as long as the real ones. Ballot ids are spread like hashes.
struct Texts {
    ballot: String,
    sealed: String,
    mark: String,
    event: String,
}

fn texts(n: usize) -> Texts {
    let spread = (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Texts {
        ballot: format!("{spread:016X}"),
        sealed: format!("{spread:0128x}"),
        mark: format!("{:016X}", !spread),
        event: format!("0191a000-{:04x}-7000-8000-{n:012x}", n / 1_000),
    }
}

/// Through sqlx, on its own SQLite driver.
pub async fn sqlx(database: PathBuf, vote: VoteId, ballots: usize) -> Result<(), Failure> {
    let mut conn = SqliteConnection::connect(&format!("sqlite:{}", database.display())).await?;
    conn.execute(SETTINGS).await?;
    for first in (0..ballots).step_by(GROUP) {
        conn.execute("BEGIN IMMEDIATE").await?;
        for n in first..ballots.min(first + GROUP) {
            let (row, person) = (texts(n), person(n));
            let (building,): (String,) =
                sqlx::query_as(MARK).bind(1_i64).bind(vote.as_str()).bind(person.as_str()).fetch_one(&mut conn).await?;
            sqlx::query(BALLOT)
                .bind(vote.as_str())
                .bind(row.ballot)
                .bind(row.sealed)
                .bind(row.mark)
                .execute(&mut conn)
                .await?;
            sqlx::query(EVENT)
                .bind(row.event)
                .bind(1_i64)
                .bind(person.as_str())
                .bind(building)
                .bind(vote.as_str())
                .execute(&mut conn)
                .await?;
        }
        conn.execute("COMMIT").await?;
    }
    Ok(conn.close().await?)
}

/// Through rusqlite, with statements prepared once.
pub fn rusqlite(database: &std::path::Path, vote: &VoteId, ballots: usize) -> Result<(), Failure> {
    let conn = rusqlite::Connection::open(database)?;
    conn.execute_batch(SETTINGS)?;
    let (mut mark, mut ballot, mut event) = (conn.prepare(MARK)?, conn.prepare(BALLOT)?, conn.prepare(EVENT)?);
    for first in (0..ballots).step_by(GROUP) {
        conn.execute_batch("BEGIN IMMEDIATE")?;
        for n in first..ballots.min(first + GROUP) {
            let (row, person) = (texts(n), person(n));
            let building: String = mark.query_row((1_i64, vote.as_str(), person.as_str()), |found| found.get(0))?;
            ballot.execute((vote.as_str(), row.ballot, row.sealed, row.mark))?;
            event.execute((row.event, 1_i64, person.as_str(), building, vote.as_str()))?;
        }
        conn.execute_batch("COMMIT")?;
    }
    Ok(())
}
