//! SQL of corrections.

use contract::ids::{CorrectionId, PersonId};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error, FromRow};

/// A correction as stored.
#[derive(Clone, Debug, FromRow)]
pub struct Correction {
    pub id: CorrectionId,
    pub person: PersonId,
    pub field: String,
    /// Sealed.
    pub sealed: String,
    pub place: Option<AreaId>,
    pub community: AreaId,
    pub area: AreaId,
    pub asked_at: Millis,
    pub state: String,
    pub decided_at: Option<Millis>,
    pub reason: Option<String>,
}

/// Columns of [`Correction`] with what follows.
macro_rules! corrections {
    ($rest:literal) => {
        concat!(
            "SELECT id, person, field, sealed, place, community, area, asked_at, state, decided_at, reason ",
            "FROM people_corrections ",
            $rest
        )
    };
}

/// Keeps a correction; false when one of the same field waits already.
pub async fn insert(conn: &mut AnyConnection, new: &Correction) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO people_corrections (id, person, field, sealed, place, community, area, asked_at, state) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'pending') ON CONFLICT DO NOTHING",
    )
    .bind(&new.id)
    .bind(&new.person)
    .bind(&new.field)
    .bind(&new.sealed)
    .bind(new.place.clone())
    .bind(&new.community)
    .bind(&new.area)
    .bind(new.asked_at)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn find(conn: &mut AnyConnection, id: &CorrectionId) -> Result<Option<Correction>, Error> {
    sqlx::query_as(corrections!("WHERE id = $1")).bind(id).fetch_optional(conn).await
}

/// Ends the waiting; false when it was over already.
pub async fn settle(
    conn: &mut AnyConnection,
    id: &CorrectionId,
    state: &str,
    (now, by): (Millis, &str),
    reason: Option<&str>,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE people_corrections SET state = $2, decided_at = $3, decided_by = $4, reason = $5 \
         WHERE id = $1 AND state = 'pending'",
    )
    .bind(id)
    .bind(state)
    .bind(now)
    .bind(by)
    .bind(reason.map(str::to_owned))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// See [`of_person`].
pub(in crate::people) const OF_PERSON: &str = corrections!("WHERE person = $1 ORDER BY id DESC LIMIT $2");

/// Somebody's corrections, newest first.
pub async fn of_person(conn: &mut AnyConnection, person: &PersonId, limit: i64) -> Result<Vec<Correction>, Error> {
    sqlx::query_as(OF_PERSON).bind(person).bind(limit).fetch_all(conn).await
}

/// See [`listed`].
pub(in crate::people) const LISTED: &str = corrections!(
    "WHERE state = $1 AND (community, id) > ($2, $3) AND community < $4 AND area >= $5 AND area < $6 \
     AND ($7 = '' OR field = $7) ORDER BY community, id LIMIT $8"
);

/// Corrections of a state in an area, community by community, oldest first, after a community and id.
pub async fn listed(
    conn: &mut AnyConnection,
    (state, field): (&str, &str),
    area: &AreaId,
    after: (&str, &str),
    limit: i64,
) -> Result<Vec<Correction>, Error> {
    let query = sqlx::query_as(LISTED).bind(state).bind(after.0).bind(after.1).bind(area.end());
    query.bind(area).bind(area.end()).bind(field).bind(limit).fetch_all(conn).await
}
