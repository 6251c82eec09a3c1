//! SQL of the urn: sealed ballots before the count, opened ones after it.

use super::super::choices::Choices;
use crate::db::rows::{self, Bound, Row};
use contract::ids::VoteId;
use sqlx::{AnyConnection, Error};

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

pub(in super::super) const SEALED: &str = "SELECT choice FROM voting_ballots WHERE vote = $1 AND id = $2";

/// One sealed choice.
pub(in super::super) async fn sealed(
    conn: &mut AnyConnection,
    vote: &VoteId,
    id: &str,
) -> Result<Option<String>, Error> {
    let row: Option<(String,)> = sqlx::query_as(SEALED).bind(vote).bind(id).fetch_optional(conn).await?;
    Ok(row.map(|(choice,)| choice))
}

pub(in super::super) const ALL: &str = "SELECT id, choice FROM voting_ballots WHERE vote = $1 ORDER BY id";

/// All sealed ballots in the order of their ids: id and sealed choice.
pub(in super::super) async fn all(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<(String, String)>, Error> {
    sqlx::query_as(ALL).bind(vote).fetch_all(conn).await
}

pub(in super::super) const AFTER: &str =
    "SELECT vote, id, choice FROM voting_ballots WHERE (vote, id) > ($1, $2) ORDER BY vote, id LIMIT $3";

/// A ballot as it lies in the urn.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Sealed {
    pub vote: VoteId,
    pub id: String,
    pub choice: String,
}

/// Sealed ballots of all votes after (`vote`, `id`), in that order.
pub(in super::super) async fn after(
    conn: &mut AnyConnection,
    (vote, id): (&str, &str),
    limit: i64,
) -> Result<Vec<Sealed>, Error> {
    sqlx::query_as(AFTER).bind(vote).bind(id).bind(limit).fetch_all(conn).await
}

/// Puts a ballot's choice sealed anew in the old one's place, if that still lies there.
pub(in super::super) async fn replace(conn: &mut AnyConnection, ballot: &Sealed, choice: &str) -> Result<(), Error> {
    sqlx::query("UPDATE voting_ballots SET choice = $1 WHERE vote = $2 AND id = $3 AND choice = $4")
        .bind(choice)
        .bind(&ballot.vote)
        .bind(&ballot.id)
        .bind(&ballot.choice)
        .execute(conn)
        .await?;
    Ok(())
}

/// Empties the urn.
pub(in super::super) async fn clear(conn: &mut AnyConnection, vote: &VoteId) -> Result<(), Error> {
    sqlx::query("DELETE FROM voting_ballots WHERE vote = $1").bind(vote).execute(conn).await?;
    Ok(())
}

struct Counted<'a> {
    vote: &'a VoteId,
    ballot: &'a Opened,
}

impl Row for Counted<'_> {
    const INTO: &'static str = "voting_counted (vote, id, choices)";

    fn bind(&self, bound: Bound) -> Bound {
        let choices = self.ballot.choices.map(|choices| choices.0);
        bound.bind(self.vote.clone()).bind(self.ballot.id.clone()).bind(choices)
    }
}

/// Writes the opened ballots in the order given.
pub(in super::super) async fn insert_counted(
    conn: &mut AnyConnection,
    vote: &VoteId,
    ballots: &[Opened],
) -> Result<(), Error> {
    let counted: Vec<Counted<'_>> = ballots.iter().map(|ballot| Counted { vote, ballot }).collect();
    rows::insert(conn, &counted).await
}

pub(in super::super) const COUNTED: &str = "SELECT id, choices FROM voting_counted WHERE vote = $1 ORDER BY id";

/// All counted ballots in the order of their ids.
pub(in super::super) async fn counted(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<Opened>, Error> {
    let rows: Vec<(String, Option<i64>)> = sqlx::query_as(COUNTED).bind(vote).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(id, choices)| Opened { id, choices: choices.map(Choices) }).collect())
}

pub(in super::super) const COUNTED_ONE: &str = "SELECT choices FROM voting_counted WHERE vote = $1 AND id = $2";

/// One counted ballot.
pub(in super::super) async fn counted_one(
    conn: &mut AnyConnection,
    vote: &VoteId,
    id: &str,
) -> Result<Option<Opened>, Error> {
    let row: Option<(Option<i64>,)> = sqlx::query_as(COUNTED_ONE).bind(vote).bind(id).fetch_optional(conn).await?;
    Ok(row.map(|(choices,)| Opened { id: id.to_owned(), choices: choices.map(Choices) }))
}
