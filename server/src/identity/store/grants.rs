//! Roles on areas.

use contract::ids::{AccountId, GrantId, PersonId};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

/// A grant as kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::identity) struct GrantRow {
    pub id: GrantId,
    pub account: AccountId,
    pub person: Option<PersonId>,
    pub phone_sealed: String,
    pub role: String,
    pub area: AreaId,
    pub granted_at: Millis,
}

/// Role code and area of everything an account holds.
pub(in crate::identity) async fn of_account(
    conn: &mut AnyConnection,
    account: &AccountId,
) -> Result<Vec<(String, AreaId)>, Error> {
    sqlx::query_as("SELECT role, area FROM grants WHERE account = $1 ORDER BY area, role")
        .bind(account)
        .fetch_all(conn)
        .await
}

/// Grants a role; false when the account held it there already.
pub(in crate::identity) async fn insert(
    conn: &mut AnyConnection,
    id: &GrantId,
    account: &AccountId,
    role: &str,
    area: &AreaId,
    now: Millis,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO grants (id, account, role, area, granted_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (account, role, area) DO NOTHING",
    )
    .bind(id)
    .bind(account)
    .bind(role)
    .bind(area)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One grant.
pub(in crate::identity) async fn find(conn: &mut AnyConnection, id: &GrantId) -> Result<Option<GrantRow>, Error> {
    sqlx::query_as(
        "SELECT g.id, g.account, a.person, a.phone_sealed, g.role, g.area, g.granted_at \
         FROM grants g JOIN accounts a ON a.id = g.account WHERE g.id = $1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await
}

/// Takes a grant away; false when it was gone already.
pub(in crate::identity) async fn delete(conn: &mut AnyConnection, id: &GrantId) -> Result<bool, Error> {
    Ok(sqlx::query("DELETE FROM grants WHERE id = $1").bind(id).execute(conn).await?.rows_affected() == 1)
}

/// Grants in an area and inside it, oldest first, those after `after`.
pub(in crate::identity) async fn inside(
    conn: &mut AnyConnection,
    area: &AreaId,
    after: &str,
    limit: i64,
) -> Result<Vec<GrantRow>, Error> {
    sqlx::query_as(
        "SELECT g.id, g.account, a.person, a.phone_sealed, g.role, g.area, g.granted_at \
         FROM grants g JOIN accounts a ON a.id = g.account \
         WHERE g.area >= $1 AND g.area < $2 AND g.id > $3 ORDER BY g.id LIMIT $4",
    )
    .bind(area)
    .bind(area.end())
    .bind(after)
    .bind(limit)
    .fetch_all(conn)
    .await
}

pub(crate) const HOLDERS: &str = "\
     SELECT a.person FROM grants g JOIN accounts a ON a.id = g.account \
     WHERE g.area >= $2 AND g.area < $3 AND g.role = $1 AND a.person IS NOT NULL";

/// People who hold a role on areas from `first` up to, not including, `end`.
pub(in crate::identity) async fn holders(
    conn: &mut AnyConnection,
    role: &str,
    first: &str,
    end: &str,
) -> Result<Vec<PersonId>, Error> {
    let rows: Vec<(PersonId,)> = sqlx::query_as(HOLDERS).bind(role).bind(first).bind(end).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}
