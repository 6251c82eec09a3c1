//! SQL of the lists of votes.

use super::Vote;
use contract::ids::PersonId;
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

/// Votes open at `now` whose roll lists the person, soonest to close first, with when they voted.
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
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT v.id, v.short, v.title, v.area, v.area_name, v.seats, v.candidates, v.opens_at, v.closes_at, v.state, \
         v.heads, v.roll_sha256, v.result, r.voted_at FROM voting_roll r JOIN voting_votes v ON v.id = r.vote \
         WHERE r.person = $1 AND v.state = 'announced' AND v.opens_at <= $2 AND v.closes_at > $2 \
         ORDER BY v.closes_at, v.id LIMIT 20",
    )
    .bind(person)
    .bind(now)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.vote, row.voted_at)).collect())
}

/// Votes whose roll lists the person, newest first, below the id `before` (empty for the newest).
pub(in super::super) async fn of_person(
    conn: &mut AnyConnection,
    person: &PersonId,
    before: &str,
    limit: i64,
) -> Result<Vec<Vote>, Error> {
    sqlx::query_as(
        "SELECT v.id, v.short, v.title, v.area, v.area_name, v.seats, v.candidates, v.opens_at, v.closes_at, v.state, \
         v.heads, v.roll_sha256, v.result FROM voting_roll r JOIN voting_votes v ON v.id = r.vote \
         WHERE r.person = $1 AND ($2 = '' OR r.vote < $2) ORDER BY r.vote DESC LIMIT $3",
    )
    .bind(person)
    .bind(before)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// What the workers' list narrows by.
pub(in super::super) struct Filter<'a> {
    pub area: &'a AreaId,
    /// Part of title or area name; empty for all.
    pub search: &'a str,
    /// A phase's code; empty for all.
    pub phase: &'a str,
    /// Below this id; empty for the newest.
    pub before: &'a str,
}

/// Votes inside an area, newest first.
pub(in super::super) async fn inside(
    conn: &mut AnyConnection,
    filter: &Filter<'_>,
    now: Millis,
    limit: i64,
) -> Result<Vec<Vote>, Error> {
    sqlx::query_as(
        "SELECT id, short, title, area, area_name, seats, candidates, opens_at, closes_at, state, heads, roll_sha256, \
         result FROM voting_votes WHERE area >= $1 AND area < $2 AND ($3 = '' OR id < $3) \
         AND (title LIKE $4 ESCAPE '\\' OR area_name LIKE $4 ESCAPE '\\') \
         AND ($5 = '' OR $5 = CASE WHEN state <> 'announced' THEN state WHEN opens_at > $6 THEN 'announced' \
           WHEN closes_at > $6 THEN 'open' ELSE 'closed' END) \
         ORDER BY id DESC LIMIT $7",
    )
    .bind(filter.area)
    .bind(filter.area.end())
    .bind(filter.before)
    .bind(pattern(filter.search))
    .bind(filter.phase)
    .bind(now)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// A LIKE pattern that finds `search` anywhere, its own wildcards taken literally.
fn pattern(search: &str) -> String {
    let literal = search.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}
