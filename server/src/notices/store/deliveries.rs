//! SQL of the frozen audience as it is looked at: counts, rows, what readers and receipts say.

use crate::db::rows::marks;
use contract::ids::{NoticeId, PersonId};
use contract::notices::{Channel, ChannelCounts, Delivery, ReceiptState};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, AssertSqlSafe, Error};
use std::collections::HashMap;

/// Notices asked about in one statement at most.
const AT_ONCE: usize = 500;

pub(in super::super) const COUNTS: &str = "\
     SELECT channel, status, CAST(COUNT(*) AS BIGINT) FROM notices_deliveries WHERE notice = $1 AND version = $2 \
     AND EXISTS (SELECT 1 FROM notices WHERE id = $1 AND purge IS NULL) GROUP BY channel, status \
     UNION ALL SELECT t.channel, t.status, t.people FROM notices_totals t JOIN notices n ON n.id = t.notice \
     WHERE t.notice = $1 AND t.version = $2 AND n.purge IS NOT NULL";

/// How many messages of a version stand where, channel by channel.
pub(in super::super) async fn counts(
    conn: &mut AnyConnection,
    notice: &NoticeId,
    version: i64,
) -> Result<Vec<ChannelCounts>, Error> {
    let rows: Vec<(String, String, i64)> = sqlx::query_as(COUNTS).bind(notice).bind(version).fetch_all(conn).await?;
    let channels = Channel::ALL.into_iter().filter_map(|channel| {
        let mut counts = ChannelCounts::none(channel);
        for (_, status, count) in rows.iter().filter(|(code, ..)| code == channel.code()) {
            if let Some(at) = Delivery::ALL.iter().position(|known| known.code() == status) {
                counts.counts[at] = *count;
            }
        }
        (counts.all() > 0).then_some(counts)
    });
    Ok(channels.collect())
}

/// See [`read_of`]; for so many notices.
pub(in super::super) fn read_text(count: usize) -> String {
    let these = marks(1, count);
    format!(
        "SELECT d.notice, CAST(COUNT(*) AS BIGINT) FROM notices n JOIN notices_deliveries d ON d.notice = n.id \
         AND d.version = n.version AND d.channel = 'app' AND d.status = 'read' \
         WHERE n.id IN ({these}) AND n.purge IS NULL GROUP BY d.notice \
         UNION ALL SELECT t.notice, t.people FROM notices n JOIN notices_totals t ON t.notice = n.id \
         AND t.version = n.version AND t.channel = 'app' AND t.status = 'read' \
         WHERE n.id IN ({these}) AND n.purge IS NOT NULL"
    )
}

/// How many have read the newest version of each of some notices; those that nobody has read are left out.
pub(in super::super) async fn read_of(
    conn: &mut AnyConnection,
    notices: &[&NoticeId],
) -> Result<HashMap<NoticeId, i64>, Error> {
    let mut read = HashMap::new();
    for part in notices.chunks(AT_ONCE) {
        let query = sqlx::query_as(AssertSqlSafe(read_text(part.len())));
        let rows: Vec<(NoticeId, i64)> =
            part.iter().fold(query, |query, notice| query.bind(*notice)).fetch_all(&mut *conn).await?;
        read.extend(rows);
    }
    Ok(read)
}

pub(in super::super) const COUNT_ALL: &str = "\
     SELECT CAST(COUNT(*) AS BIGINT) FROM notices_deliveries WHERE notice = $1 AND version = $2 AND channel = 'app'";

/// People of a version's audience.
pub(in super::super) async fn count_all(
    conn: &mut AnyConnection,
    notice: &NoticeId,
    version: i64,
) -> Result<i64, Error> {
    let (count,): (i64,) = sqlx::query_as(COUNT_ALL).bind(notice).bind(version).fetch_one(conn).await?;
    Ok(count)
}

/// One recipient on one channel.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Recipient {
    pub person: PersonId,
    pub building: AreaId,
    pub status: String,
    pub why: Option<String>,
    pub attempts: i64,
    pub changed_at: Millis,
}

macro_rules! recipients {
    ($status:literal) => {
        concat!(
            "SELECT person, building, status, why, attempts, changed_at FROM notices_deliveries \
             WHERE notice = $1 AND version = $2 AND channel = $3 AND person > $4",
            $status,
            " ORDER BY person LIMIT $5"
        )
    };
}

pub(in super::super) const RECIPIENTS: &str = recipients!("");
pub(in super::super) const RECIPIENTS_OF: &str = recipients!(" AND status = $6");

/// A channel's recipients after `after`, in the order of persons; of one status only, if any.
pub(in super::super) async fn recipients(
    conn: &mut AnyConnection,
    (notice, version, channel): (&NoticeId, i64, Channel),
    status: Option<Delivery>,
    after: &str,
    limit: i64,
) -> Result<Vec<Recipient>, Error> {
    let text = if status.is_some() { RECIPIENTS_OF } else { RECIPIENTS };
    let query = sqlx::query_as(text).bind(notice).bind(version).bind(channel.code()).bind(after).bind(limit);
    match status {
        Some(status) => query.bind(status.code()).fetch_all(conn).await,
        None => query.fetch_all(conn).await,
    }
}

pub(in super::super) const UNREAD_BUILDINGS: &str = "\
     SELECT building, CAST(COUNT(*) AS BIGINT) FROM notices_deliveries \
     WHERE notice = $1 AND version = $2 AND channel = 'app' AND status <> 'read' \
     GROUP BY building ORDER BY building LIMIT $3";

/// Buildings where somebody has not read a version, with how many.
pub(in super::super) async fn unread_buildings(
    conn: &mut AnyConnection,
    notice: &NoticeId,
    version: i64,
    limit: i64,
) -> Result<Vec<(AreaId, i64)>, Error> {
    sqlx::query_as(UNREAD_BUILDINGS).bind(notice).bind(version).bind(limit).fetch_all(conn).await
}

pub(in super::super) const UNREAD: &str = "\
     SELECT person, building FROM notices_deliveries WHERE notice = $1 AND version = $2 AND channel = 'app' \
     AND status <> 'read' AND building >= $3 AND building < $4 ORDER BY building, person LIMIT $5";

/// Who has not read a version, building by building from `first` up to `end`.
pub(in super::super) async fn unread(
    conn: &mut AnyConnection,
    notice: &NoticeId,
    version: i64,
    (first, end): (&str, &str),
    limit: i64,
) -> Result<Vec<(PersonId, AreaId)>, Error> {
    let query = sqlx::query_as(UNREAD).bind(notice).bind(version).bind(first).bind(end);
    query.bind(limit).fetch_all(conn).await
}

pub(in super::super) const HEARD: &str = "\
     SELECT status FROM notices_deliveries WHERE notice = $1 AND version = $2 AND channel = 'app' AND person = $3";

/// How a person's newest message of a notice stands in the app; none for who is not of its audience. Asked version
/// by version, of which there are few: a range of versions would walk through everybody's rows.
pub(in super::super) async fn heard(
    conn: &mut AnyConnection,
    notice: &NoticeId,
    version: i64,
    person: &PersonId,
) -> Result<Option<Delivery>, Error> {
    for version in (1..=version).rev() {
        let query = sqlx::query_as(HEARD).bind(notice).bind(version).bind(person);
        let row: Option<(String,)> = query.fetch_optional(&mut *conn).await?;
        let heard = row.and_then(|(code,)| Delivery::from_code(&code)).filter(|heard| *heard != Delivery::Skipped);
        if heard.is_some() {
            return Ok(heard);
        }
    }
    Ok(None)
}

/// Notes that a person has read a version; true when they had not until now.
pub(in super::super) async fn set_read(
    conn: &mut AnyConnection,
    notice: &NoticeId,
    version: i64,
    person: &PersonId,
    now: Millis,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE notices_deliveries SET status = 'read', changed_at = $4 WHERE notice = $1 AND version = $2 \
         AND channel = 'app' AND person = $3 AND status IN ('queued', 'delivered')",
    )
    .bind(notice)
    .bind(version)
    .bind(person)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes what a gateway says of a message of a channel, if that is news: a message only moves on. The notice
/// that it belongs to; none when nothing changed.
pub(in super::super) async fn set_received(
    conn: &mut AnyConnection,
    channel: Channel,
    key: &str,
    state: ReceiptState,
    now: Millis,
) -> Result<Option<NoticeId>, Error> {
    let text = match state {
        ReceiptState::Delivered => DELIVERED,
        ReceiptState::Read => READ,
        ReceiptState::Failed => FAILED,
    };
    let row: Option<(NoticeId,)> =
        sqlx::query_as(text).bind(key).bind(channel.code()).bind(now).fetch_optional(conn).await?;
    Ok(row.map(|(notice,)| notice))
}

const DELIVERED: &str = "UPDATE notices_deliveries SET status = 'delivered', why = NULL, changed_at = $3 \
     WHERE key = $1 AND channel = $2 AND status IN ('queued', 'sent', 'skipped') AND attempts > 0 RETURNING notice";
const READ: &str = "UPDATE notices_deliveries SET status = 'read', why = NULL, changed_at = $3 \
     WHERE key = $1 AND channel = $2 AND status IN ('queued', 'sent', 'skipped', 'delivered') AND attempts > 0 \
     RETURNING notice";
const FAILED: &str = "UPDATE notices_deliveries SET status = 'failed', why = 'undelivered', changed_at = $3 \
     WHERE key = $1 AND channel = $2 AND status IN ('queued', 'sent') AND attempts > 0 RETURNING notice";

/// How many messages are queued on each channel, over all notices.
pub(in super::super) async fn queued(conn: &mut AnyConnection) -> Result<Vec<(String, i64)>, Error> {
    sqlx::query_as(QUEUED).fetch_all(conn).await
}

const QUEUED: &str =
    "SELECT channel, CAST(COUNT(*) AS BIGINT) FROM notices_deliveries WHERE status = 'queued' GROUP BY channel";
