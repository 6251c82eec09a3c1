//! Sessions: the database knows a token by its SHA-256 only.

use contract::Millis;
use contract::ids::{AccountId, PersonId, SessionId};
use sqlx::{AnyConnection, Error};

/// A session with its account.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::identity) struct Session {
    pub id: SessionId,
    pub account: AccountId,
    pub person: Option<PersonId>,
    pub second_factor: i64,
    pub seen_at: Millis,
}

/// The session of a token.
pub(in crate::identity) async fn find(conn: &mut AnyConnection, token_hash: &str) -> Result<Option<Session>, Error> {
    sqlx::query_as(
        "SELECT s.id, s.account, a.person, s.second_factor, s.seen_at \
         FROM sessions s JOIN accounts a ON a.id = s.account WHERE s.token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(conn)
    .await
}

/// When a session was last used; none once it has ended.
pub(in crate::identity) async fn seen_at(conn: &mut AnyConnection, id: &SessionId) -> Result<Option<Millis>, Error> {
    let row: Option<(Millis,)> =
        sqlx::query_as("SELECT seen_at FROM sessions WHERE id = $1").bind(id).fetch_optional(conn).await?;
    Ok(row.map(|(seen_at,)| seen_at))
}

/// A new session.
pub(in crate::identity) async fn insert(
    conn: &mut AnyConnection,
    id: &SessionId,
    token_hash: &str,
    account: &AccountId,
    now: Millis,
) -> Result<(), Error> {
    sqlx::query("INSERT INTO sessions (id, token_hash, account, created_at, seen_at) VALUES ($1, $2, $3, $4, $4)")
        .bind(id)
        .bind(token_hash)
        .bind(account)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

/// The session was used now.
pub(in crate::identity) async fn touch(conn: &mut AnyConnection, id: &SessionId, now: Millis) -> Result<(), Error> {
    sqlx::query("UPDATE sessions SET seen_at = $1 WHERE id = $2 AND seen_at < $1")
        .bind(now)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// The second factor was passed: the session goes on under a new token (a token from before must not
/// gain rights: OWASP session fixation).
pub(in crate::identity) async fn raise(
    conn: &mut AnyConnection,
    id: &SessionId,
    token_hash: &str,
    now: Millis,
) -> Result<(), Error> {
    sqlx::query("UPDATE sessions SET second_factor = 1, token_hash = $1, seen_at = $2 WHERE id = $3")
        .bind(token_hash)
        .bind(now)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends one session.
pub(in crate::identity) async fn end(conn: &mut AnyConnection, id: &SessionId) -> Result<(), Error> {
    sqlx::query("DELETE FROM sessions WHERE id = $1").bind(id).execute(conn).await?;
    Ok(())
}

/// Ends every session of an account; how many there were.
pub(in crate::identity) async fn end_all(conn: &mut AnyConnection, account: &AccountId) -> Result<u64, Error> {
    Ok(sqlx::query("DELETE FROM sessions WHERE account = $1").bind(account).execute(conn).await?.rows_affected())
}

/// Forgets sessions not used since `before`.
pub(in crate::identity) async fn forget(conn: &mut AnyConnection, before: Millis) -> Result<(), Error> {
    sqlx::query("DELETE FROM sessions WHERE seen_at < $1").bind(before).execute(conn).await?;
    Ok(())
}
