//! SQL of heads that are listed anew, and of how a head stood before and after a change.

use super::roll::Head;
use crate::people::door_order;
use contract::ids::{DwellingId, PersonId, VoteId};
use contract::{AreaId, Millis};
use serde::Serialize;
use sqlx::{AnyConnection, Error};

/// How a head stands on the roll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Listed {
    pub building: AreaId,
    pub area_dm2: i64,
    pub dwellings: i64,
    pub persons: Vec<Person>,
}

/// One of its persons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub(in super::super) struct Person {
    pub person: PersonId,
    /// 1 for who acts for the head.
    pub acts: i64,
    /// 1 for who casts its ballot.
    pub votes: i64,
}

pub(in super::super) const LISTED: &str =
    "SELECT building, area_dm2, dwellings FROM voting_roll WHERE vote = $1 AND head = $2";

pub(in super::super) const PERSONS: &str =
    "SELECT person, acts, may_vote AS votes FROM voting_members WHERE vote = $1 AND head = $2 ORDER BY person";

/// A head as it is listed now; none when it is not on the roll.
pub(in super::super) async fn listed(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
) -> Result<Option<Listed>, Error> {
    let row: Option<(AreaId, i64, i64)> =
        sqlx::query_as(LISTED).bind(vote).bind(head).fetch_optional(&mut *conn).await?;
    let Some((building, area_dm2, dwellings)) = row else { return Ok(None) };
    let persons = sqlx::query_as(PERSONS).bind(vote).bind(head).fetch_all(conn).await?;
    Ok(Some(Listed { building, area_dm2, dwellings, persons }))
}

pub(in super::super) const COUNTED_BY: &str =
    "SELECT head, area_dm2 FROM voting_dwellings WHERE vote = $1 AND dwelling = $2";

/// The head that counts a dwelling, and with how much area.
pub(in super::super) async fn counted_by(
    conn: &mut AnyConnection,
    vote: &VoteId,
    dwelling: &DwellingId,
) -> Result<Option<(String, i64)>, Error> {
    sqlx::query_as(COUNTED_BY).bind(vote).bind(dwelling).fetch_optional(conn).await
}

/// Lists a head, or changes it where it is listed: place, names, dwellings and area. Its members and dwellings
/// are written apart.
pub(in super::super) async fn put(conn: &mut AnyConnection, vote: &VoteId, head: &Head) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO voting_roll (vote, head, building, place, names, dwellings, area_dm2, door) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (vote, head) DO UPDATE SET building = excluded.building, \
         place = excluded.place, door = excluded.door, names = excluded.names, dwellings = excluded.dwellings, area_dm2 = excluded.area_dm2",
    )
    .bind(vote)
    .bind(&head.head)
    .bind(&head.building)
    .bind(&head.place)
    .bind(&head.names)
    .bind(head.dwellings)
    .bind(head.area_dm2)
    .bind(door_order(&head.place))
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a head's members in place of those before: whom they had named is settled anew.
pub(in super::super) async fn put_members(conn: &mut AnyConnection, vote: &VoteId, head: &Head) -> Result<(), Error> {
    sqlx::query("DELETE FROM voting_members WHERE vote = $1 AND head = $2")
        .bind(vote)
        .bind(&head.head)
        .execute(&mut *conn)
        .await?;
    for member in &head.members {
        sqlx::query("INSERT INTO voting_members (vote, head, person, acts, may_vote) VALUES ($1, $2, $3, $4, $5)")
            .bind(vote)
            .bind(&head.head)
            .bind(&member.person)
            .bind(i64::from(member.acts))
            .bind(i64::from(member.may_vote))
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Counts a dwelling with a head, and with no other.
pub(in super::super) async fn count_home(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
    (dwelling, area_dm2): &(DwellingId, i64),
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO voting_dwellings (vote, dwelling, head, area_dm2) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (vote, dwelling) DO UPDATE SET head = excluded.head, area_dm2 = excluded.area_dm2",
    )
    .bind(vote)
    .bind(dwelling)
    .bind(head)
    .bind(area_dm2)
    .execute(conn)
    .await?;
    Ok(())
}

/// A head counts one dwelling less, and its area with it.
pub(in super::super) async fn lighten(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
    area_dm2: i64,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE voting_roll SET dwellings = dwellings - 1, \
         area_dm2 = CASE WHEN area_dm2 > $3 THEN area_dm2 - $3 ELSE 0 END WHERE vote = $1 AND head = $2",
    )
    .bind(vote)
    .bind(head)
    .bind(area_dm2)
    .execute(conn)
    .await?;
    Ok(())
}

/// Shows a head at another door.
pub(in super::super) async fn set_place(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
    (building, place): (&AreaId, &str),
) -> Result<(), Error> {
    sqlx::query("UPDATE voting_roll SET building = $3, place = $4, door = $5 WHERE vote = $1 AND head = $2")
        .bind(vote)
        .bind(head)
        .bind(building)
        .bind(place)
        .bind(door_order(place))
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes a head that counts nothing any more off the roll; its paper goes to the head `to`, unless that has one.
pub(in super::super) async fn give_way(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
    to: &str,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE voting_papers SET head = $3 WHERE vote = $1 AND head = $2 \
         AND NOT EXISTS (SELECT 1 FROM voting_papers p WHERE p.vote = $1 AND p.head = $3)",
    )
    .bind(vote)
    .bind(head)
    .bind(to)
    .execute(&mut *conn)
    .await?;
    for statement in [
        "DELETE FROM voting_members WHERE vote = $1 AND head = $2",
        "DELETE FROM voting_roll WHERE vote = $1 AND head = $2",
    ] {
        sqlx::query(statement).bind(vote).bind(head).execute(&mut *conn).await?;
    }
    Ok(())
}

/// What a granted objection changed of one head.
pub(in super::super) struct Traced<'a> {
    pub objection: &'a str,
    pub vote: &'a VoteId,
    pub head: &'a str,
    /// None where it was not, or is not, on the roll.
    pub before: Option<&'a Listed>,
    pub after: Option<&'a Listed>,
    pub reason: &'a str,
    pub at: Millis,
}

/// Keeps it.
pub(in super::super) async fn trace(conn: &mut AnyConnection, traced: &Traced<'_>) -> Result<(), Error> {
    // Persons of a row that was read are plain text.
    let persons = |listed: Option<&Listed>| listed.and_then(|listed| serde_json::to_string(&listed.persons).ok());
    sqlx::query(
        "INSERT INTO voting_roll_changes (objection, vote, head, building_before, building_after, area_before, \
         area_after, persons_before, persons_after, reason, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(traced.objection)
    .bind(traced.vote)
    .bind(traced.head)
    .bind(traced.before.map(|listed| listed.building.clone()))
    .bind(traced.after.map(|listed| listed.building.clone()))
    .bind(traced.before.map(|listed| listed.area_dm2))
    .bind(traced.after.map(|listed| listed.area_dm2))
    .bind(persons(traced.before))
    .bind(persons(traced.after))
    .bind(traced.reason)
    .bind(traced.at)
    .execute(conn)
    .await?;
    Ok(())
}
