//! SQL of who wants to hear where.

use contract::ids::PersonId;
use contract::notices::{Preferences, PreferencesChange};
use sqlx::{AnyConnection, Error};

pub(in super::super) const FIND: &str = "SELECT sms, wechat FROM notices_preferences WHERE person = $1";

/// What a person said; the default for who has said nothing.
pub(in super::super) async fn find(conn: &mut AnyConnection, person: &PersonId) -> Result<Preferences, Error> {
    let row: Option<(i64, i64)> = sqlx::query_as(FIND).bind(person).fetch_optional(conn).await?;
    Ok(row.map_or_else(Preferences::default, |(sms, wechat)| Preferences { sms: sms == 1, wechat: wechat == 1 }))
}

/// Keeps what a person says; both channels hold for who has said nothing of them.
pub(in super::super) async fn put(
    conn: &mut AnyConnection,
    person: &PersonId,
    change: PreferencesChange,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO notices_preferences (person, sms, wechat) \
         VALUES ($1, COALESCE(CAST($2 AS BIGINT), 1), COALESCE(CAST($3 AS BIGINT), 1)) \
         ON CONFLICT (person) DO UPDATE SET sms = COALESCE(CAST($2 AS BIGINT), notices_preferences.sms), \
         wechat = COALESCE(CAST($3 AS BIGINT), notices_preferences.wechat)",
    )
    .bind(person)
    .bind(change.sms.map(i64::from))
    .bind(change.wechat.map(i64::from))
    .execute(conn)
    .await
    .map(drop)
}
