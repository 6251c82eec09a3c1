//! SQL of the published roll and of who votes for a head.

use crate::listing::pattern;
use contract::AreaId;
use contract::ids::{PersonId, VoteId};
use contract::voting::RegisterLine;
use sqlx::{AnyConnection, Error};

/// What the published roll narrows by.
pub(in super::super) struct Narrowed<'a> {
    /// Between these two ids of buildings, the second excluded.
    pub from: &'a str,
    pub to: &'a str,
    /// Part of an address or name.
    pub search: &'a str,
    /// Building, door (as [`door_order`](crate::people::door_order) has it) and head of the last row seen; empty for the first page.
    pub after: (&'a str, &'a str, &'a str),
}

pub(in super::super) const PAGE: &str = "\
     SELECT r.head, r.building, b.name, r.place, r.names, r.dwellings, r.area_dm2, (SELECT CAST(SUM(m.may_vote) \
     AS BIGINT) FROM voting_members m WHERE m.vote = r.vote AND m.head = r.head) AS voters FROM voting_roll r \
     JOIN voting_buildings b ON b.vote = r.vote AND b.building = r.building WHERE r.vote = $1 \
     AND r.building >= $2 AND r.building < $3 AND (r.building, r.door, r.head) > ($4, $5, $6) \
     AND (r.place LIKE $7 ESCAPE '\\' OR r.names LIKE $7 ESCAPE '\\') \
     ORDER BY r.building, r.door, r.head LIMIT $8";

#[derive(sqlx::FromRow)]
struct Row {
    head: String,
    building: AreaId,
    name: String,
    place: String,
    names: String,
    dwellings: i64,
    area_dm2: i64,
    voters: Option<i64>,
}

/// Heads by building and door, each with the building that its key begins with.
pub(in super::super) async fn page(
    conn: &mut AnyConnection,
    vote: &VoteId,
    asked: &Narrowed<'_>,
    limit: i64,
) -> Result<Vec<(AreaId, RegisterLine)>, Error> {
    let (building, door, head) = asked.after;
    let rows: Vec<Row> = sqlx::query_as(PAGE)
        .bind(vote)
        .bind(asked.from)
        .bind(asked.to)
        .bind(building)
        .bind(door)
        .bind(head)
        .bind(pattern(asked.search))
        .bind(limit)
        .fetch_all(conn)
        .await?;
    let line = |row: Row| {
        let line = RegisterLine {
            head: row.head,
            building_name: row.name,
            place: row.place,
            names: row.names,
            dwellings: row.dwellings,
            area_dm2: row.area_dm2,
            named: row.voters.is_some_and(|voters| voters > 0),
        };
        (row.building, line)
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Somebody who acts for a head.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Acting {
    pub person: PersonId,
    pub names: Option<PersonId>,
    pub may_vote: i64,
}

pub(in super::super) const ACTING: &str =
    "SELECT person, names, may_vote FROM voting_members WHERE vote = $1 AND head = $2 AND acts = 1 ORDER BY person";

/// Everybody who acts for a head.
pub(in super::super) async fn acting(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
) -> Result<Vec<Acting>, Error> {
    sqlx::query_as(ACTING).bind(vote).bind(head).fetch_all(conn).await
}

/// Notes whom one of those who act for a head names: one of themselves, while the head has not voted. False
/// when that does not hold.
pub(in super::super) async fn name(
    conn: &mut AnyConnection,
    (vote, head): (&VoteId, &str),
    by: &PersonId,
    voter: &PersonId,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE voting_members SET names = $4 WHERE vote = $1 AND head = $2 AND person = $3 AND acts = 1 \
         AND EXISTS (SELECT 1 FROM voting_roll WHERE vote = $1 AND head = $2 AND voted_at IS NULL) \
         AND EXISTS (SELECT 1 FROM voting_members WHERE vote = $1 AND head = $2 AND person = $4 AND acts = 1)",
    )
    .bind(vote)
    .bind(head)
    .bind(by)
    .bind(voter)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets the one vote whom all who act for a head have named; true when they agree.
pub(in super::super) async fn settle(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
    voter: &PersonId,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE voting_members SET may_vote = CASE WHEN person = $3 THEN 1 ELSE 0 END WHERE vote = $1 AND head = $2 \
         AND NOT EXISTS (SELECT 1 FROM voting_members m WHERE m.vote = $1 AND m.head = $2 AND m.acts = 1 \
         AND (m.names IS NULL OR m.names <> $3))",
    )
    .bind(vote)
    .bind(head)
    .bind(voter)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Notes at the desk that all who act for a head have named the voter; false when the head has voted, or the
/// voter does not act for it.
pub(in super::super) async fn appoint(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
    voter: &PersonId,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE voting_members SET names = CASE WHEN acts = 1 THEN $3 ELSE names END, \
         may_vote = CASE WHEN person = $3 THEN 1 ELSE 0 END WHERE vote = $1 AND head = $2 \
         AND EXISTS (SELECT 1 FROM voting_roll WHERE vote = $1 AND head = $2 AND voted_at IS NULL) \
         AND EXISTS (SELECT 1 FROM voting_members m WHERE m.vote = $1 AND m.head = $2 AND m.person = $3 \
         AND m.acts = 1)",
    )
    .bind(vote)
    .bind(head)
    .bind(voter)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(in super::super) const SHOWN: &str = "SELECT place, names FROM voting_roll WHERE vote = $1 AND head = $2";

/// Door and masked names of one head.
pub(in super::super) async fn shown(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
) -> Result<Option<(String, String)>, Error> {
    sqlx::query_as(SHOWN).bind(vote).bind(head).fetch_optional(conn).await
}
