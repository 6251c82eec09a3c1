//! SQL of corrections.

use contract::area::AreaKind;
use contract::ids::{CorrectionId, PersonId};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, AssertSqlSafe, Error, FromRow};

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

/// Lets the corrections that somebody waits for follow them to another place; an address in the old community is
/// settled by that.
pub async fn follow(
    conn: &mut AnyConnection,
    person: &PersonId,
    place: &AreaId,
    (now, by): (Millis, &str),
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE people_corrections SET state = 'withdrawn', decided_at = $2, decided_by = $3 \
         WHERE person = $1 AND state = 'pending' AND field = 'address'",
    )
    .bind(person)
    .bind(now)
    .bind(by)
    .execute(&mut *conn)
    .await?;
    let community = place.up_to(AreaKind::Community).unwrap_or_else(|| place.clone());
    sqlx::query("UPDATE people_corrections SET area = $2, community = $3 WHERE person = $1 AND state = 'pending'")
        .bind(person)
        .bind(place)
        .bind(community)
        .execute(conn)
        .await?;
    Ok(())
}

/// See [`of_person`].
pub(in crate::people) const OF_PERSON: &str = corrections!("WHERE person = $1 ORDER BY id DESC LIMIT $2");

/// Somebody's corrections, newest first.
pub async fn of_person(conn: &mut AnyConnection, person: &PersonId, limit: i64) -> Result<Vec<Correction>, Error> {
    sqlx::query_as(OF_PERSON).bind(person).bind(limit).fetch_all(conn).await
}

/// See [`listed`]; for so many areas.
pub(in crate::people) fn listed_text(areas: usize) -> String {
    let inside: Vec<String> =
        (0..areas).map(|n| format!("(area >= ${} AND area < ${})", 7 + 2 * n, 8 + 2 * n)).collect();
    format!(
        corrections!(
            "WHERE state = $1 AND (community, id) > ($2, $3) AND community < $4 \
             AND ($5 = '' OR field = $5) AND ({}) ORDER BY community, id LIMIT $6"
        ),
        inside.join(" OR ")
    )
}

/// Corrections of a state in some areas (sorted, at least one), community by community, oldest first, after a
/// community and id.
pub async fn listed(
    conn: &mut AnyConnection,
    (state, field): (&'static str, &'static str),
    areas: &[AreaId],
    after: (String, String),
    limit: i64,
) -> Result<Vec<Correction>, Error> {
    let end = areas.last().map(AreaId::end).unwrap_or_default();
    let query = sqlx::query_as(AssertSqlSafe(listed_text(areas.len()))).bind(state).bind(after.0).bind(after.1);
    let query = query.bind(end).bind(field).bind(limit);
    areas.iter().fold(query, |query, area| query.bind(area.clone()).bind(area.end())).fetch_all(conn).await
}
