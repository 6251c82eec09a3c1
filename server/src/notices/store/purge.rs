//! SQL of purging deliveries that were kept long enough.

use contract::ids::NoticeId;
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

pub(in super::super) const DUE: &str = "SELECT id, area FROM notices WHERE purge IS NULL \
     AND state IN ('sent', 'withdrawn') AND recipients > 0 AND at < $1 ORDER BY at, id LIMIT 1";

/// A notice that went out before this moment and whose deliveries are whole.
pub(in super::super) async fn due(
    conn: &mut AnyConnection,
    before: Millis,
) -> Result<Option<(NoticeId, AreaId)>, Error> {
    sqlx::query_as(DUE).bind(before).fetch_optional(conn).await
}

pub(in super::super) const TOTAL: &str = "INSERT INTO notices_totals (notice, version, channel, status, people) \
     SELECT notice, version, channel, status, CAST(COUNT(*) AS BIGINT) FROM notices_deliveries WHERE notice = $1 \
     GROUP BY notice, version, channel, status";

/// Writes down how many messages of each version stand where.
pub(in super::super) async fn total(conn: &mut AnyConnection, notice: &NoticeId) -> Result<(), Error> {
    sqlx::query(TOTAL).bind(notice).execute(conn).await.map(drop)
}

/// From here on the counts written down are the notice's.
pub(in super::super) async fn begin(conn: &mut AnyConnection, notice: &NoticeId) -> Result<(), Error> {
    let set = "UPDATE notices SET purge = 'begun' WHERE id = $1 AND purge IS NULL";
    sqlx::query(set).bind(notice).execute(conn).await.map(drop)
}

pub(in super::super) const BEGUN: &str = "SELECT id FROM notices WHERE purge = 'begun' ORDER BY id LIMIT 1";

/// A notice of which rows may be left.
pub(in super::super) async fn begun(conn: &mut AnyConnection) -> Result<Option<NoticeId>, Error> {
    let row: Option<(NoticeId,)> = sqlx::query_as(BEGUN).fetch_optional(conn).await?;
    Ok(row.map(|(notice,)| notice))
}

pub(in super::super) const DELETE: &str = "DELETE FROM notices_deliveries WHERE key IN \
     (SELECT key FROM notices_deliveries WHERE notice = $1 LIMIT $2)";

/// Deletes up to `limit` rows of a notice; how many.
pub(in super::super) async fn delete(conn: &mut AnyConnection, notice: &NoticeId, limit: i64) -> Result<u64, Error> {
    Ok(sqlx::query(DELETE).bind(notice).bind(limit).execute(conn).await?.rows_affected())
}

/// No row is left.
pub(in super::super) async fn done(conn: &mut AnyConnection, notice: &NoticeId) -> Result<(), Error> {
    let set = "UPDATE notices SET purge = 'done' WHERE id = $1 AND purge = 'begun'";
    sqlx::query(set).bind(notice).execute(conn).await.map(drop)
}
