//! SQL of the urn: sealed ballots before the count, opened ones after it.

use super::super::choices::Choices;
use crate::db::rows::{self, Bound, Row};
use contract::ids::VoteId;
use sqlx::{AnyConnection, Error};

/// A ballot as it lies in the urn.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Sealed {
    pub vote: VoteId,
    pub id: String,
    pub envelope: String,
    /// See [`super::super::receipt::mark_of`].
    pub mark: String,
    /// The head, where the vote is signed.
    pub head: Option<String>,
}

impl Row for Sealed {
    const INTO: &'static str = "voting_ballots (vote, id, envelope, mark, head)";

    fn bind(&self, bound: Bound) -> Bound {
        let Self { vote, id, envelope, mark, head } = self.clone();
        bound.bind(vote).bind(id).bind(envelope).bind(mark).bind(head)
    }
}

/// One opened ballot: its id in the count, and its choices unless it is invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Opened {
    pub id: String,
    pub choices: Option<Choices>,
}

/// Puts a sealed ballot into the urn.
pub(in super::super) async fn put(conn: &mut AnyConnection, ballot: &Sealed) -> Result<(), Error> {
    sqlx::query("INSERT INTO voting_ballots (vote, id, envelope, mark, head) VALUES ($1, $2, $3, $4, $5)")
        .bind(&ballot.vote)
        .bind(&ballot.id)
        .bind(&ballot.envelope)
        .bind(&ballot.mark)
        .bind(&ballot.head)
        .execute(conn)
        .await?;
    Ok(())
}

pub(in super::super) const MARK: &str = "SELECT mark FROM voting_ballots WHERE vote = $1 AND id = $2";

/// The mark of one sealed ballot.
pub(in super::super) async fn mark(conn: &mut AnyConnection, vote: &VoteId, id: &str) -> Result<Option<String>, Error> {
    let row: Option<(String,)> = sqlx::query_as(MARK).bind(vote).bind(id).fetch_optional(conn).await?;
    Ok(row.map(|(mark,)| mark))
}

pub(in super::super) const ALL: &str =
    "SELECT vote, id, envelope, mark, head FROM voting_ballots WHERE vote = $1 ORDER BY id";

/// All sealed ballots in the order of their ids.
pub(in super::super) async fn all(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<Sealed>, Error> {
    sqlx::query_as(ALL).bind(vote).fetch_all(conn).await
}

pub(in super::super) const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM voting_ballots WHERE vote = $1";

/// Ballots in the urn.
pub(in super::super) async fn count(conn: &mut AnyConnection, vote: &VoteId) -> Result<i64, Error> {
    let (count,) = sqlx::query_as(COUNT).bind(vote).fetch_one(conn).await?;
    Ok(count)
}

/// Lays the urn's ballots anew in the order given: where they lie tells no longer when they came.
pub(in super::super) async fn lay_anew(
    conn: &mut AnyConnection,
    vote: &VoteId,
    ballots: &[Sealed],
) -> Result<(), Error> {
    clear(conn, vote).await?;
    rows::insert(conn, ballots).await
}

/// Empties the urn.
pub(in super::super) async fn clear(conn: &mut AnyConnection, vote: &VoteId) -> Result<(), Error> {
    sqlx::query("DELETE FROM voting_ballots WHERE vote = $1").bind(vote).execute(conn).await?;
    Ok(())
}

struct Counted<'a>(&'a VoteId, &'a Opened);

impl Row for Counted<'_> {
    const INTO: &'static str = "voting_counted (vote, id, marks)";

    fn bind(&self, bound: Bound) -> Bound {
        bound.bind(self.0.clone()).bind(self.1.id.clone()).bind(self.1.choices.as_ref().map(Choices::text))
    }
}

/// Writes the opened ballots in the order given.
pub(in super::super) async fn insert_counted(
    conn: &mut AnyConnection,
    vote: &VoteId,
    ballots: &[Opened],
) -> Result<(), Error> {
    let counted: Vec<Counted<'_>> = ballots.iter().map(|ballot| Counted(vote, ballot)).collect();
    rows::insert(conn, &counted).await
}

pub(in super::super) const COUNTED: &str = "SELECT id, marks FROM voting_counted WHERE vote = $1 ORDER BY id";

fn opened((id, marks): (String, Option<String>)) -> Opened {
    Opened { id, choices: marks.as_deref().and_then(Choices::from_text) }
}

/// All counted ballots in the order of their ids.
pub(in super::super) async fn counted(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<Opened>, Error> {
    let rows: Vec<(String, Option<String>)> = sqlx::query_as(COUNTED).bind(vote).fetch_all(conn).await?;
    Ok(rows.into_iter().map(opened).collect())
}

pub(in super::super) const COUNTED_ONE: &str = "SELECT id, marks FROM voting_counted WHERE vote = $1 AND id = $2";

/// One counted ballot.
pub(in super::super) async fn counted_one(
    conn: &mut AnyConnection,
    vote: &VoteId,
    id: &str,
) -> Result<Option<Opened>, Error> {
    let row: Option<(String, Option<String>)> =
        sqlx::query_as(COUNTED_ONE).bind(vote).bind(id).fetch_optional(conn).await?;
    Ok(row.map(opened))
}
