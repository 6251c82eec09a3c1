//! SQL of the lists of votes.

use super::Vote;
use crate::listing::{Filter, areas_of, pattern};
use contract::Millis;
use contract::ids::PersonId;
use sqlx::{AnyConnection, Error};

pub(in super::super) const OPEN_FOR: &str = concat!(
    "SELECT ",
    columns!(),
    ", (SELECT CASE WHEN COUNT(COALESCE(r.voted_at, r.paper_at)) < COUNT(*) THEN NULL \
     ELSE MAX(COALESCE(r.voted_at, r.paper_at)) END FROM voting_members m \
     JOIN voting_roll r ON r.vote = m.vote AND r.head = m.head WHERE m.person = $1 AND m.vote = id \
     AND (m.may_vote = 1 OR COALESCE(r.voted_at, r.paper_at) IS NULL)) AS voted_at \
     FROM voting_votes WHERE id IN (SELECT vote FROM voting_members WHERE person = $1) AND state = 'announced' \
     AND opens_at <= $2 AND closes_at > $2 ORDER BY closes_at, id LIMIT 20"
);

/// Votes open at `now` whose roll lists the person, soonest to close first, with when the last of their heads
/// voted or handed in its paper; none while one has not.
pub(in super::super) async fn open_for(
    conn: &mut AnyConnection,
    person: &PersonId,
    now: Millis,
) -> Result<Vec<(Vote, Option<Millis>)>, Error> {
    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        vote: Vote,
        voted_at: Option<Millis>,
    }
    let rows: Vec<Row> = sqlx::query_as(OPEN_FOR).bind(person).bind(now).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.vote, row.voted_at)).collect())
}

pub(in super::super) const OF_PERSON: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM voting_votes WHERE id IN (SELECT vote FROM voting_members WHERE person = $1) AND ($2 = '' OR id < $2) \
     ORDER BY id DESC LIMIT $3"
);

/// Votes whose roll lists the person, newest first, below the id `before` (empty for the newest).
pub(in super::super) async fn of_person(
    conn: &mut AnyConnection,
    person: &PersonId,
    before: &str,
    limit: i64,
) -> Result<Vec<Vote>, Error> {
    sqlx::query_as(OF_PERSON).bind(person).bind(before).bind(limit).fetch_all(conn).await
}

pub(in super::super) const INSIDE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM voting_votes WHERE area >= $1 AND area < $2 AND ($3 = '' OR id < $3) \
     AND (title LIKE $4 ESCAPE '\\' OR area_name LIKE $4 ESCAPE '\\') \
     AND ($5 = '' OR $5 = CASE WHEN state <> 'announced' THEN state WHEN opens_at > $6 THEN 'announced' \
     WHEN closes_at > $6 THEN 'open' ELSE 'closed' END) ORDER BY id DESC LIMIT $7"
);

/// Votes inside an area, newest first.
pub(in super::super) async fn inside(
    conn: &mut AnyConnection,
    filter: &Filter<'_>,
    now: Millis,
    limit: i64,
) -> Result<Vec<Vote>, Error> {
    sqlx::query_as(INSIDE)
        .bind(filter.area)
        .bind(filter.area.end())
        .bind(filter.before)
        .bind(pattern(filter.search))
        .bind(filter.state)
        .bind(now)
        .bind(limit)
        .fetch_all(conn)
        .await
}

/// The areas inside another that votes are for.
pub(in super::super) const AREAS: &str = areas_of!("voting_votes");
