//! SQL of the frozen audience on its way: freezing, claiming, what came of it.

use crate::db::rows::{self, Bound, Row};
use contract::ids::{DeliveryId, NoticeId, PersonId};
use contract::notices::{Channel, Delivery, Why};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

/// A message to be queued.
#[derive(Clone, Debug)]
pub(in super::super) struct Queued<'a> {
    pub notice: &'a NoticeId,
    pub version: i64,
    pub channel: Channel,
    pub person: PersonId,
    pub building: AreaId,
    pub at: Millis,
    pub key: DeliveryId,
    /// Why it will not be sent; none for what will.
    pub skipped: Option<Why>,
}

impl Row for Queued<'_> {
    const INTO: &'static str =
        "notices_deliveries (notice, version, channel, person, building, at, status, why, key, due_at, changed_at)";

    fn bind(&self, bound: Bound) -> Bound {
        let status = if self.skipped.is_some() { Delivery::Skipped } else { Delivery::Queued };
        let bound = bound.bind(self.notice.clone()).bind(self.version).bind(self.channel.code());
        let bound = bound.bind(self.person.clone()).bind(self.building.clone()).bind(self.at);
        let bound = bound.bind(status.code()).bind(self.skipped.map(Why::code)).bind(self.key.clone());
        bound.bind(self.at).bind(self.at)
    }
}

/// Queues messages; who is on the list already stays as they are.
pub(in super::super) async fn insert(conn: &mut AnyConnection, queued: &[Queued<'_>]) -> Result<(), Error> {
    rows::insert_new(conn, queued).await.map(drop)
}

/// A person of an earlier version's audience on one channel.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Earlier {
    pub person: PersonId,
    pub building: AreaId,
    pub why: Option<String>,
}

pub(in super::super) const EARLIER: &str = "\
     SELECT person, building, why FROM notices_deliveries \
     WHERE notice = $1 AND version = $2 AND channel = $3 AND person > $4 ORDER BY person LIMIT $5";

/// A version's audience on one channel after `after`, in the order of persons.
pub(in super::super) async fn earlier(
    conn: &mut AnyConnection,
    (notice, version, channel): (&NoticeId, i64, Channel),
    after: &str,
    limit: i64,
) -> Result<Vec<Earlier>, Error> {
    let query = sqlx::query_as(EARLIER).bind(notice).bind(version).bind(channel.code());
    query.bind(after).bind(limit).fetch_all(conn).await
}

/// Leaves out, on a channel, who does not want to hear there.
pub(in super::super) async fn skip_opted_out(
    conn: &mut AnyConnection,
    notice: &NoticeId,
    version: i64,
    channel: Channel,
) -> Result<(), Error> {
    let text = match channel {
        Channel::App => return Ok(()),
        Channel::Sms => SKIP_NO_SMS,
        Channel::Wechat => SKIP_NO_WECHAT,
    };
    sqlx::query(text).bind(notice).bind(version).execute(conn).await.map(drop)
}

pub(in super::super) const SKIP_NO_SMS: &str = "\
     UPDATE notices_deliveries SET status = 'skipped', why = 'opted_out' \
     WHERE notice = $1 AND version = $2 AND channel = 'sms' AND status = 'queued' \
     AND person IN (SELECT person FROM notices_preferences WHERE sms = 0)";
pub(in super::super) const SKIP_NO_WECHAT: &str = "\
     UPDATE notices_deliveries SET status = 'skipped', why = 'opted_out' \
     WHERE notice = $1 AND version = $2 AND channel = 'wechat' AND status = 'queued' \
     AND person IN (SELECT person FROM notices_preferences WHERE wechat = 0)";

pub(in super::super) const NEXT_IN_APP: &str = "\
     SELECT person FROM notices_deliveries WHERE notice = $1 AND version = $2 AND channel = 'app' \
     AND status = 'queued' ORDER BY person LIMIT $3";

/// Who is to hear next in the app, in the order of persons.
pub(in super::super) async fn next_in_app(
    conn: &mut AnyConnection,
    notice: &NoticeId,
    version: i64,
    limit: i64,
) -> Result<Vec<PersonId>, Error> {
    let rows: Vec<(PersonId,)> =
        sqlx::query_as(NEXT_IN_APP).bind(notice).bind(version).bind(limit).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

pub(in super::super) const DELIVER_IN_APP: &str = "\
     UPDATE notices_deliveries SET status = 'delivered', attempts = 1, changed_at = $5 \
     WHERE notice = $1 AND version = $2 AND channel = 'app' AND status = 'queued' AND person >= $3 AND person <= $4";

/// Notes that everybody queued from one person to another has it in the app.
pub(in super::super) async fn deliver_in_app(
    conn: &mut AnyConnection,
    notice: &NoticeId,
    version: i64,
    (first, last): (&PersonId, &PersonId),
    now: Millis,
) -> Result<(), Error> {
    let query = sqlx::query(DELIVER_IN_APP).bind(notice).bind(version).bind(first).bind(last);
    query.bind(now).execute(conn).await.map(drop)
}

/// A message taken up to be handed over.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Claimed {
    pub key: DeliveryId,
    pub person: PersonId,
    /// Attempts begun, this one included.
    pub attempts: i64,
}

pub(in super::super) const CLAIM: &str = "\
     UPDATE notices_deliveries SET attempts = attempts + 1, due_at = $5 WHERE key IN (\
     SELECT key FROM notices_deliveries WHERE notice = $1 AND version = $2 AND channel = $3 AND status = 'queued' \
     AND due_at <= $4 ORDER BY due_at LIMIT $6) AND status = 'queued' AND due_at <= $4 \
     AND EXISTS (SELECT 1 FROM notices WHERE id = $1 AND version = $2 AND state = 'sending') \
     RETURNING key, person, attempts";

/// Takes up messages that are due, until `until`: should this server die, they are due again then.
pub(in super::super) async fn claim(
    conn: &mut AnyConnection,
    (notice, version, channel): (&NoticeId, i64, Channel),
    now: Millis,
    until: Millis,
    limit: i64,
) -> Result<Vec<Claimed>, Error> {
    let query = sqlx::query_as(CLAIM).bind(notice).bind(version).bind(channel.code());
    query.bind(now).bind(until).bind(limit).fetch_all(conn).await
}

/// Notes that the gateway has it. It may have been left out while it was under way: what happened, counts.
pub(in super::super) async fn set_sent(conn: &mut AnyConnection, key: &DeliveryId, now: Millis) -> Result<(), Error> {
    sqlx::query(
        "UPDATE notices_deliveries SET status = 'sent', why = NULL, changed_at = $2 \
         WHERE key = $1 AND status IN ('queued', 'skipped')",
    )
    .bind(key)
    .bind(now)
    .execute(conn)
    .await
    .map(drop)
}

/// Gives a queued message up.
pub(in super::super) async fn set_failed(
    conn: &mut AnyConnection,
    claimed: &Claimed,
    why: Why,
    now: Millis,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE notices_deliveries SET status = 'failed', why = $3, changed_at = $4 \
         WHERE key = $1 AND status = 'queued' AND attempts = $2",
    )
    .bind(&claimed.key)
    .bind(claimed.attempts)
    .bind(why.code())
    .bind(now)
    .execute(conn)
    .await
    .map(drop)
}

/// Puts a queued message off, unless another attempt has begun since.
pub(in super::super) async fn put_off(conn: &mut AnyConnection, claimed: &Claimed, until: Millis) -> Result<(), Error> {
    sqlx::query("UPDATE notices_deliveries SET due_at = $3 WHERE key = $1 AND status = 'queued' AND attempts = $2")
        .bind(&claimed.key)
        .bind(claimed.attempts)
        .bind(until)
        .execute(conn)
        .await
        .map(drop)
}

pub(in super::super) const NEXT_DUE: &str = "\
     SELECT due_at FROM notices_deliveries WHERE notice = $1 AND version = $2 AND channel = $3 AND status = 'queued' \
     ORDER BY due_at LIMIT 1";

/// When the next message of a channel is due; none when nothing is queued.
pub(in super::super) async fn next_due(
    conn: &mut AnyConnection,
    (notice, version, channel): (&NoticeId, i64, Channel),
) -> Result<Option<Millis>, Error> {
    let row: Option<(Millis,)> =
        sqlx::query_as(NEXT_DUE).bind(notice).bind(version).bind(channel.code()).fetch_optional(conn).await?;
    Ok(row.map(|(at,)| at))
}

pub(in super::super) const SWEEP: &str = "\
     UPDATE notices_deliveries SET status = 'skipped', why = $4, changed_at = $5 WHERE key IN (\
     SELECT key FROM notices_deliveries WHERE notice = $1 AND version = $2 AND channel = $3 AND status = 'queued' \
     ORDER BY due_at LIMIT $6)";

/// Leaves out up to `limit` messages that are still queued; how many.
pub(in super::super) async fn sweep(
    conn: &mut AnyConnection,
    (notice, version, channel): (&NoticeId, i64, Channel),
    why: Why,
    now: Millis,
    limit: i64,
) -> Result<u64, Error> {
    let query = sqlx::query(SWEEP).bind(notice).bind(version).bind(channel.code());
    Ok(query.bind(why.code()).bind(now).bind(limit).execute(conn).await?.rows_affected())
}
