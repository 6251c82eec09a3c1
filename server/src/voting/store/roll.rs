//! SQL of the frozen roll and its buildings.

use super::super::choices::Choices;
use crate::db::rows::{self, Bound, Row};
use contract::ids::{PersonId, VoteId};
use contract::voting::{BuildingTurnout, RollEntry};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

/// One head to be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub person: PersonId,
    pub building: AreaId,
    pub area_dm2: i64,
}

struct Listed<'a> {
    vote: &'a VoteId,
    head: &'a Head,
}

impl Row for Listed<'_> {
    const INTO: &'static str = "voting_roll (vote, person, building, area_dm2)";

    fn bind(&self, bound: Bound) -> Bound {
        let Head { person, building, area_dm2 } = self.head;
        bound.bind(self.vote.clone()).bind(person.clone()).bind(building.clone()).bind(*area_dm2)
    }
}

/// Lists all heads.
pub(in super::super) async fn insert(conn: &mut AnyConnection, vote: &VoteId, heads: &[Head]) -> Result<(), Error> {
    let listed: Vec<Listed<'_>> = heads.iter().map(|head| Listed { vote, head }).collect();
    rows::insert(conn, &listed).await
}

/// Numbers and names the roll's buildings, from 1 in the order given.
pub(in super::super) async fn insert_buildings(
    conn: &mut AnyConnection,
    vote: &VoteId,
    buildings: &[(AreaId, String)],
) -> Result<(), Error> {
    for (number, (building, name)) in (1i64..).zip(buildings) {
        sqlx::query("INSERT INTO voting_buildings (vote, number, building, name) VALUES ($1, $2, $3, $4)")
            .bind(vote)
            .bind(number)
            .bind(building)
            .bind(name)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Number, id and name of each building.
pub(in super::super) async fn buildings(
    conn: &mut AnyConnection,
    vote: &VoteId,
) -> Result<Vec<(i64, AreaId, String)>, Error> {
    sqlx::query_as("SELECT number, building, name FROM voting_buildings WHERE vote = $1 ORDER BY number")
        .bind(vote)
        .fetch_all(conn)
        .await
}

pub(in super::super) const ENTRY: &str = "SELECT r.building, b.name, r.area_dm2, r.voted_at FROM voting_roll r \
     JOIN voting_buildings b ON b.vote = r.vote AND b.building = r.building \
     WHERE r.vote = $1 AND r.person = $2";

/// The entry of one person.
pub(in super::super) async fn entry(
    conn: &mut AnyConnection,
    vote: &VoteId,
    person: &PersonId,
) -> Result<Option<RollEntry>, Error> {
    let row: Option<(AreaId, String, i64, Option<Millis>)> =
        sqlx::query_as(ENTRY).bind(vote).bind(person).fetch_optional(conn).await?;
    Ok(row.map(|(building, building_name, area_dm2, voted_at)| RollEntry {
        building,
        building_name,
        area_dm2,
        voted_at,
    }))
}

pub(in super::super) const MARK_VOTED: &str = "\
     UPDATE voting_roll SET voted_at = $3 WHERE vote = $1 AND person = $2 AND voted_at IS NULL \
     AND EXISTS (SELECT 1 FROM voting_votes WHERE id = $1 AND state = 'announced' AND opens_at <= $3 \
     AND closes_at > $3 AND seats >= $4 AND candidates >= $5) RETURNING building";

/// Marks a head as having voted, if the poll is open, the choice fits the paper and it has not voted
/// yet: all in one statement, so that of any number of tries one succeeds. Gives back its building.
pub(in super::super) async fn mark_voted(
    conn: &mut AnyConnection,
    vote: &VoteId,
    person: &PersonId,
    choices: Choices,
    now: Millis,
) -> Result<Option<AreaId>, Error> {
    let row: Option<(AreaId,)> = sqlx::query_as(MARK_VOTED)
        .bind(vote)
        .bind(person)
        .bind(now)
        .bind(choices.count())
        .bind(choices.highest())
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|(building,)| building))
}

pub(in super::super) const HEADS_AFTER: &str = "\
     SELECT person FROM voting_roll WHERE vote = $1 AND person > $2 AND ($3 = 0 OR voted_at IS NULL) \
     ORDER BY person LIMIT $4";

/// Heads after the person `after` (empty: from the first) in the order of persons; of those `waiting`, only
/// who has not voted.
pub(in super::super) async fn heads_after(
    conn: &mut AnyConnection,
    vote: &VoteId,
    after: &str,
    waiting: bool,
    limit: i64,
) -> Result<Vec<PersonId>, Error> {
    let rows: Vec<(PersonId,)> =
        sqlx::query_as(HEADS_AFTER).bind(vote).bind(after).bind(i64::from(waiting)).bind(limit).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

pub(in super::super) const WAITING: &str = "\
     SELECT person, building FROM voting_roll \
     WHERE vote = $1 AND building >= $2 AND building < $3 AND voted_at IS NULL";

/// Heads of an area's buildings who have not voted, each with its building.
pub(in super::super) async fn waiting(
    conn: &mut AnyConnection,
    vote: &VoteId,
    area: &AreaId,
) -> Result<Vec<(PersonId, AreaId)>, Error> {
    sqlx::query_as(WAITING).bind(vote).bind(area).bind(area.end()).fetch_all(conn).await
}

pub(in super::super) const TURNOUT: &str = "\
     SELECT b.building, b.name, r.heads, r.voted, r.area, r.voted_area FROM voting_buildings b JOIN ( \
     SELECT building, CAST(COUNT(*) AS BIGINT) AS heads, CAST(COUNT(voted_at) AS BIGINT) AS voted, \
     CAST(SUM(area_dm2) AS BIGINT) AS area, \
     CAST(SUM(CASE WHEN voted_at IS NULL THEN 0 ELSE area_dm2 END) AS BIGINT) AS voted_area \
     FROM voting_roll WHERE vote = $1 GROUP BY building) r ON r.building = b.building \
     WHERE b.vote = $1 ORDER BY b.number";

/// Heads and area per building, in all and of those who voted.
pub(in super::super) async fn turnout(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<BuildingTurnout>, Error> {
    let rows: Vec<(AreaId, String, i64, i64, i64, i64)> = sqlx::query_as(TURNOUT).bind(vote).fetch_all(conn).await?;
    Ok(rows
        .into_iter()
        .map(|(building, name, heads, voted, area_dm2, voted_area_dm2)| BuildingTurnout {
            building,
            name,
            heads,
            voted,
            area_dm2,
            voted_area_dm2,
        })
        .collect())
}
