//! SQL of what is handed on when two entries of the registry become one person. Everybody of an audience has a
//! message in the app: its index leads to the other channels' rows.

use contract::Millis;
use contract::ids::PersonId;
use sqlx::{AnyConnection, Error};

/// What the lost entry has read, the kept one has.
const READ: &str = "UPDATE notices_deliveries SET status = 'read', changed_at = $3 \
     WHERE person = $2 AND channel = 'app' AND status IN ('queued', 'delivered') AND EXISTS (SELECT 1 \
     FROM notices_deliveries lost WHERE lost.notice = notices_deliveries.notice \
     AND lost.version = notices_deliveries.version AND lost.channel = 'app' AND lost.person = $1 \
     AND lost.status = 'read')";

/// Messages that the kept entry was not sent as well.
const DELIVERIES: &str = "UPDATE notices_deliveries SET person = $2 \
     WHERE (notice, version) IN (SELECT notice, version FROM notices_deliveries WHERE person = $1 AND channel = 'app') \
     AND channel IN ('app', 'sms', 'wechat') AND person = $1 AND NOT EXISTS (SELECT 1 \
     FROM notices_deliveries kept WHERE kept.notice = notices_deliveries.notice \
     AND kept.version = notices_deliveries.version AND kept.channel = notices_deliveries.channel AND kept.person = $2)";

/// Notices of which both were recipients have one fewer.
const RECIPIENTS: &str = "UPDATE notices SET recipients = recipients - 1 WHERE recipients IS NOT NULL \
     AND (id, version) IN (SELECT notice, version FROM notices_deliveries WHERE person = $1 AND channel = 'app')";

/// What is left was sent to the kept entry as well.
const TWICE: &str = "DELETE FROM notices_deliveries \
     WHERE (notice, version) IN (SELECT notice, version FROM notices_deliveries WHERE person = $1 AND channel = 'app') \
     AND channel IN ('app', 'sms', 'wechat') AND person = $1";

/// Replies to what the kept entry has not replied to.
const REPLIES: &str = "UPDATE notices_replies SET person = $2 \
     WHERE notice IN (SELECT notice FROM notices_deliveries WHERE person = $2 AND channel = 'app') AND person = $1 \
     AND NOT EXISTS (SELECT 1 FROM notices_replies kept WHERE kept.notice = notices_replies.notice AND kept.person = $2)";

/// What the lost entry said of its channels, unless the kept one has said something.
const PREFERENCES: &str = "UPDATE notices_preferences SET person = $2 WHERE person = $1 \
     AND NOT EXISTS (SELECT 1 FROM notices_preferences kept WHERE kept.person = $2)";

/// Hands everything on from the lost entry to the kept one.
pub(in super::super) async fn all(
    conn: &mut AnyConnection,
    lost: &PersonId,
    kept: &PersonId,
    now: Millis,
) -> Result<(), Error> {
    sqlx::query(READ).bind(lost).bind(kept).bind(now).execute(&mut *conn).await?;
    sqlx::query(DELIVERIES).bind(lost).bind(kept).execute(&mut *conn).await?;
    sqlx::query(RECIPIENTS).bind(lost).execute(&mut *conn).await?;
    sqlx::query(TWICE).bind(lost).execute(&mut *conn).await?;
    sqlx::query(REPLIES).bind(lost).bind(kept).execute(&mut *conn).await?;
    sqlx::query(PREFERENCES).bind(lost).bind(kept).execute(conn).await?;
    Ok(())
}
