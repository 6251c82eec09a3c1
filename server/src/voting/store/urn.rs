//! SQL of the urn: sealed ballots before the count, opened ones after it.

use super::super::choices::Choices;
use super::roll::rows_of;
use contract::ids::VoteId;
use sqlx::{AnyConnection, AssertSqlSafe, Error};

/// Rows in one INSERT.
const ROWS: usize = 1_000;

/// One opened ballot: its id, and its choices unless it is invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Opened {
    pub id: String,
    pub choices: Option<Choices>,
}

/// Puts a sealed ballot into the urn.
pub(in super::super) async fn put(
    conn: &mut AnyConnection,
    vote: &VoteId,
    id: &str,
    sealed: &str,
) -> Result<(), Error> {
    sqlx::query("INSERT INTO voting_ballots (vote, id, choice) VALUES ($1, $2, $3)")
        .bind(vote)
        .bind(id)
        .bind(sealed)
        .execute(conn)
        .await?;
    Ok(())
}

/// One sealed choice.
pub(in super::super) async fn sealed(
    conn: &mut AnyConnection,
    vote: &VoteId,
    id: &str,
) -> Result<Option<String>, Error> {
    let row: Option<(String,)> = sqlx::query_as("SELECT choice FROM voting_ballots WHERE vote = $1 AND id = $2")
        .bind(vote)
        .bind(id)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|(choice,)| choice))
}

/// All sealed ballots in the order of their ids: id and sealed choice.
pub(in super::super) async fn all(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<(String, String)>, Error> {
    sqlx::query_as("SELECT id, choice FROM voting_ballots WHERE vote = $1 ORDER BY id").bind(vote).fetch_all(conn).await
}

/// Empties the urn.
pub(in super::super) async fn clear(conn: &mut AnyConnection, vote: &VoteId) -> Result<(), Error> {
    sqlx::query("DELETE FROM voting_ballots WHERE vote = $1").bind(vote).execute(conn).await?;
    Ok(())
}

/// Writes the opened ballots in the order given.
pub(in super::super) async fn insert_counted(
    conn: &mut AnyConnection,
    vote: &VoteId,
    ballots: &[Opened],
) -> Result<(), Error> {
    for chunk in ballots.chunks(ROWS) {
        let sql = format!("INSERT INTO voting_counted (vote, id, choices) VALUES {}", rows_of(chunk.len(), 2));
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(vote);
        for ballot in chunk {
            query = query.bind(&ballot.id).bind(ballot.choices.map(|choices| choices.0));
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// All counted ballots in the order of their ids.
pub(in super::super) async fn counted(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<Opened>, Error> {
    let rows: Vec<(String, Option<i64>)> =
        sqlx::query_as("SELECT id, choices FROM voting_counted WHERE vote = $1 ORDER BY id")
            .bind(vote)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|(id, choices)| Opened { id, choices: choices.map(Choices) }).collect())
}

/// One counted ballot.
pub(in super::super) async fn counted_one(
    conn: &mut AnyConnection,
    vote: &VoteId,
    id: &str,
) -> Result<Option<Opened>, Error> {
    let row: Option<(Option<i64>,)> = sqlx::query_as("SELECT choices FROM voting_counted WHERE vote = $1 AND id = $2")
        .bind(vote)
        .bind(id)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|(choices,)| Opened { id: id.to_owned(), choices: choices.map(Choices) }))
}
