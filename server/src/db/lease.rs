//! What only one server may do at a time.

use contract::Millis;
use sqlx::{AnyConnection, Error};

/// Takes the lease `name` if it is free, expired or already held by `holder`; true when held now.
///
/// # Errors
/// The database's own.
pub async fn lease(
    conn: &mut AnyConnection,
    name: &str,
    holder: &str,
    now: Millis,
    until: Millis,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until \
         WHERE leases.holder = excluded.holder OR leases.until < $4",
    )
    .bind(name)
    .bind(holder)
    .bind(until)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
