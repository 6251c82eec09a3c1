//! SQL of reminders.

use contract::Millis;
use contract::ids::VoteId;
use contract::voting::Reminder;
use sqlx::{AnyConnection, Error};

/// What was sent in a vote, in its order.
pub(super) async fn sent(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<Reminder>, Error> {
    let rows: Vec<(i64, Millis)> =
        sqlx::query_as("SELECT number, at FROM voting_reminders WHERE vote = $1 ORDER BY number")
            .bind(vote)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|(number, at)| Reminder { number, at }).collect())
}

/// Takes a number; the key refuses one that is taken.
pub(super) async fn insert(
    conn: &mut AnyConnection,
    vote: &VoteId,
    number: i64,
    by: &str,
    at: Millis,
) -> Result<(), Error> {
    sqlx::query("INSERT INTO voting_reminders (vote, number, sent_by, at) VALUES ($1, $2, $3, $4)")
        .bind(vote)
        .bind(number)
        .bind(by)
        .bind(at)
        .execute(conn)
        .await?;
    Ok(())
}
