//! SQL of who wants to hear where.

use contract::ids::PersonId;
use contract::notices::Preferences;
use sqlx::{AnyConnection, Error};

pub(in super::super) const FIND: &str = "SELECT sms, wechat FROM notices_preferences WHERE person = $1";

/// What a person said; the default for who has said nothing.
pub(in super::super) async fn find(conn: &mut AnyConnection, person: &PersonId) -> Result<Preferences, Error> {
    let row: Option<(i64, i64)> = sqlx::query_as(FIND).bind(person).fetch_optional(conn).await?;
    Ok(row.map_or_else(Preferences::default, |(sms, wechat)| Preferences { sms: sms == 1, wechat: wechat == 1 }))
}

/// Keeps what a person says.
pub(in super::super) async fn put(
    conn: &mut AnyConnection,
    person: &PersonId,
    wanted: Preferences,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO notices_preferences (person, sms, wechat) VALUES ($1, $2, $3) \
         ON CONFLICT (person) DO UPDATE SET sms = excluded.sms, wechat = excluded.wechat",
    )
    .bind(person)
    .bind(i64::from(wanted.sms))
    .bind(i64::from(wanted.wechat))
    .execute(conn)
    .await
    .map(drop)
}
