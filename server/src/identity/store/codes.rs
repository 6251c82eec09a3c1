//! One-time codes: a row per phone, replaced by each code asked for.

use contract::Millis;
use sqlx::{AnyConnection, Error};

/// A code as it is kept.
#[derive(Clone, Debug)]
pub(in crate::identity) struct NewCode {
    pub phone_index: String,
    pub code_hash: String,
    /// The bucket of the address that asked, so that a code that was used does not count against it.
    pub asked_from: String,
    pub expires_at: Millis,
}

/// Keeps a new code, unless the one before it is unused and was sent after `not_since`.
pub(in crate::identity) async fn put(
    conn: &mut AnyConnection,
    code: &NewCode,
    now: Millis,
    not_since: Millis,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO login_codes (phone_index, code_hash, asked_from, sent_at, expires_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (phone_index) DO UPDATE SET code_hash = excluded.code_hash, asked_from = excluded.asked_from, \
         sent_at = excluded.sent_at, expires_at = excluded.expires_at, tries = 0, used_at = NULL \
         WHERE login_codes.sent_at <= $6 OR login_codes.used_at IS NOT NULL",
    )
    .bind(&code.phone_index)
    .bind(&code.code_hash)
    .bind(&code.asked_from)
    .bind(now)
    .bind(code.expires_at)
    .bind(not_since)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// When the phone's newest code was sent.
pub(in crate::identity) async fn sent_at(conn: &mut AnyConnection, phone_index: &str) -> Result<Millis, Error> {
    let row: Option<(i64,)> = sqlx::query_as("SELECT sent_at FROM login_codes WHERE phone_index = $1")
        .bind(phone_index)
        .fetch_optional(conn)
        .await?;
    Ok(row.map_or(0, |(at,)| at))
}

/// Takes the unused, unexpired code away again: it could not be sent.
pub(in crate::identity) async fn take_back(
    conn: &mut AnyConnection,
    phone_index: &str,
    code_hash: &str,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM login_codes WHERE phone_index = $1 AND code_hash = $2")
        .bind(phone_index)
        .bind(code_hash)
        .execute(conn)
        .await?;
    Ok(())
}

/// Counts a try against the phone's live code and gives its hash; none when there is no live code or
/// its tries are used up. The count is a condition of the same statement: however many tries come at
/// once, only `most` ever see the hash.
pub(in crate::identity) async fn try_one(
    conn: &mut AnyConnection,
    phone_index: &str,
    now: Millis,
    most: i64,
) -> Result<Option<String>, Error> {
    let row: Option<(String,)> = sqlx::query_as(
        "UPDATE login_codes SET tries = tries + 1 \
         WHERE phone_index = $1 AND used_at IS NULL AND expires_at > $2 AND tries < $3 RETURNING code_hash",
    )
    .bind(phone_index)
    .bind(now)
    .bind(most)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(hash,)| hash))
}

/// Uses the code up and gives the bucket that asked for it; none when somebody used it first.
pub(in crate::identity) async fn use_up(
    conn: &mut AnyConnection,
    phone_index: &str,
    code_hash: &str,
    now: Millis,
) -> Result<Option<String>, Error> {
    let row: Option<(String,)> = sqlx::query_as(
        "UPDATE login_codes SET used_at = $1 WHERE phone_index = $2 AND code_hash = $3 AND used_at IS NULL \
         RETURNING asked_from",
    )
    .bind(now)
    .bind(phone_index)
    .bind(code_hash)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(bucket,)| bucket))
}

/// Forgets codes that expired before `before`.
pub(in crate::identity) async fn forget(conn: &mut AnyConnection, before: Millis) -> Result<(), Error> {
    sqlx::query("DELETE FROM login_codes WHERE expires_at < $1").bind(before).execute(conn).await?;
    Ok(())
}
