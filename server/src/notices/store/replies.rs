//! SQL of replies.

use crate::listing::pattern;
use contract::Millis;
use contract::ids::{NoticeId, PersonId};
use sqlx::{AnyConnection, Error};

/// One reply as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Reply {
    pub person: PersonId,
    pub text: String,
    pub at: Millis,
}

/// Keeps a person's reply; false when there is one already.
pub(in super::super) async fn insert(
    conn: &mut AnyConnection,
    notice: &NoticeId,
    reply: &Reply,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO notices_replies (notice, person, text, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (notice, person) DO NOTHING",
    )
    .bind(notice)
    .bind(&reply.person)
    .bind(&reply.text)
    .bind(reply.at)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in super::super) const OF_PERSON: &str =
    "SELECT person, text, at FROM notices_replies WHERE notice = $1 AND person = $2";

/// A person's reply.
pub(in super::super) async fn of_person(
    conn: &mut AnyConnection,
    notice: &NoticeId,
    person: &PersonId,
) -> Result<Option<Reply>, Error> {
    sqlx::query_as(OF_PERSON).bind(notice).bind(person).fetch_optional(conn).await
}

pub(in super::super) const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notices_replies WHERE notice = $1";

/// How many have replied.
pub(in super::super) async fn count(conn: &mut AnyConnection, notice: &NoticeId) -> Result<i64, Error> {
    let (count,): (i64,) = sqlx::query_as(COUNT).bind(notice).fetch_one(conn).await?;
    Ok(count)
}

pub(in super::super) const LIST: &str = "\
     SELECT person, text, at FROM notices_replies WHERE notice = $1 AND (at, person) > ($2, $3) \
     AND text LIKE $4 ESCAPE '\\' ORDER BY at, person LIMIT $5";

/// Replies after the one of this moment and person, oldest first.
pub(in super::super) async fn list(
    conn: &mut AnyConnection,
    notice: &NoticeId,
    (at, person): (Millis, &str),
    search: &str,
    limit: i64,
) -> Result<Vec<Reply>, Error> {
    let query = sqlx::query_as(LIST).bind(notice).bind(at).bind(person);
    query.bind(pattern(search)).bind(limit).fetch_all(conn).await
}
