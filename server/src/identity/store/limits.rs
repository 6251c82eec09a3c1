//! Attempts in windows: one row a bucket, counted by one conditional statement.

use contract::Millis;
use sqlx::{AnyConnection, Error};

/// Counts an attempt unless the bucket's window is full. A window begins with its first attempt.
pub(in crate::identity) async fn hit(
    conn: &mut AnyConnection,
    bucket: &str,
    now: Millis,
    window: Millis,
    most: i64,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO rate_limits (bucket, since, hits) VALUES ($1, $2, 1) \
         ON CONFLICT (bucket) DO UPDATE SET \
         hits = CASE WHEN rate_limits.since <= $3 THEN 1 ELSE rate_limits.hits + 1 END, \
         since = CASE WHEN rate_limits.since <= $3 THEN $2 ELSE rate_limits.since END \
         WHERE rate_limits.since <= $3 OR rate_limits.hits < $4",
    )
    .bind(bucket)
    .bind(now)
    .bind(now - window)
    .bind(most)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// When the bucket's window began.
pub(in crate::identity) async fn since(conn: &mut AnyConnection, bucket: &str) -> Result<Millis, Error> {
    let row: Option<(i64,)> =
        sqlx::query_as("SELECT since FROM rate_limits WHERE bucket = $1").bind(bucket).fetch_optional(conn).await?;
    Ok(row.map_or(0, |(since,)| since))
}

/// Takes one attempt back.
pub(in crate::identity) async fn give_back(conn: &mut AnyConnection, bucket: &str) -> Result<(), Error> {
    sqlx::query("UPDATE rate_limits SET hits = hits - 1 WHERE bucket = $1 AND hits > 0")
        .bind(bucket)
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets buckets whose window began before `before`.
pub(in crate::identity) async fn forget(conn: &mut AnyConnection, before: Millis) -> Result<(), Error> {
    sqlx::query("DELETE FROM rate_limits WHERE since < $1").bind(before).execute(conn).await?;
    Ok(())
}
