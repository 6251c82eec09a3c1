//! SQL of entries that were one person.

use contract::ids::PersonId;
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

/// See [`twins`].
pub(in crate::people) const TWINS: &str = "SELECT a.name, a.id, b.id, CASE WHEN a.born = b.born THEN 1 ELSE 0 END \
     FROM persons a JOIN persons b ON b.community = a.community AND b.name = a.name AND b.id > a.id \
     AND (b.born = a.born OR b.phone_index = a.phone_index) \
     WHERE a.community = $1 AND a.kind = 'natural' AND (a.name, a.id, b.id) > ($2, $3, $4) AND a.name >= $2 \
     AND a.area_id >= $6 AND a.area_id < $7 AND b.area_id >= $6 AND b.area_id < $7 \
     ORDER BY a.name, a.id, b.id LIMIT $5";

/// Pairs of one name in an area of a community, born on one day or with one phone, after a pair.
pub async fn twins(
    conn: &mut AnyConnection,
    (community, area): (&AreaId, &AreaId),
    (name, first, second): (&str, &str, &str),
    limit: i64,
) -> Result<Vec<(String, PersonId, PersonId, i64)>, Error> {
    let query = sqlx::query_as(TWINS).bind(community).bind(name).bind(first).bind(second);
    query.bind(limit).bind(area).bind(area.end()).fetch_all(conn).await
}

/// What an entry became part of.
pub async fn kept(conn: &mut AnyConnection, lost: &PersonId) -> Result<Option<PersonId>, Error> {
    let row: Option<(PersonId,)> =
        sqlx::query_as("SELECT kept FROM people_merged WHERE lost = $1").bind(lost).fetch_optional(conn).await?;
    Ok(row.map(|(kept,)| kept))
}

/// What became part of an entry, and when, oldest first.
pub async fn lost(conn: &mut AnyConnection, kept: &PersonId) -> Result<Vec<(PersonId, Millis)>, Error> {
    sqlx::query_as("SELECT lost, merged_at FROM people_merged WHERE kept = $1 ORDER BY merged_at, lost")
        .bind(kept)
        .fetch_all(conn)
        .await
}

/// Remembers that an entry became part of another, with a phone that only it had (sealed), and whatever had become
/// part of it.
pub async fn remember(
    conn: &mut AnyConnection,
    (lost, phone): (&PersonId, Option<String>),
    kept: &PersonId,
    (now, by): (Millis, &str),
) -> Result<(), Error> {
    sqlx::query("UPDATE people_merged SET kept = $2 WHERE kept = $1").bind(lost).bind(kept).execute(&mut *conn).await?;
    sqlx::query(
        "INSERT INTO people_merged (lost, kept, merged_at, merged_by, phone_sealed) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(lost)
    .bind(kept)
    .bind(now)
    .bind(by)
    .bind(phone)
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets the kept entry act for the minors of the lost one.
pub async fn guardian(conn: &mut AnyConnection, lost: &PersonId, kept: &PersonId) -> Result<(), Error> {
    sqlx::query("UPDATE persons SET guardian = $2 WHERE guardian = $1").bind(lost).bind(kept).execute(conn).await?;
    Ok(())
}

/// Lets the kept entry live where the lost one does.
pub async fn households(conn: &mut AnyConnection, lost: &PersonId, kept: &PersonId) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO residents (household_id, person_id) SELECT household_id, $2 FROM residents WHERE person_id = $1 \
         AND household_id NOT IN (SELECT household_id FROM residents WHERE person_id = $2)",
    )
    .bind(lost)
    .bind(kept)
    .execute(&mut *conn)
    .await?;
    sqlx::query("DELETE FROM residents WHERE person_id = $1").bind(lost).execute(conn).await?;
    Ok(())
}

/// Ends the corrections that the lost entry still waits for.
pub async fn corrections(conn: &mut AnyConnection, lost: &PersonId, (now, by): (Millis, &str)) -> Result<(), Error> {
    sqlx::query(
        "UPDATE people_corrections SET state = 'withdrawn', decided_at = $2, decided_by = $3 \
         WHERE person = $1 AND state = 'pending'",
    )
    .bind(lost)
    .bind(now)
    .bind(by)
    .execute(conn)
    .await?;
    Ok(())
}

/// Empties the lost entry of all that lists and searches go by.
pub async fn empty(conn: &mut AnyConnection, lost: &PersonId) -> Result<(), Error> {
    sqlx::query(
        "UPDATE persons SET phone = NULL, phone_index = NULL, id_number = NULL, id_index = NULL, guardian = NULL, \
         area_id = '', community = '' WHERE id = $1",
    )
    .bind(lost)
    .execute(conn)
    .await?;
    Ok(())
}
