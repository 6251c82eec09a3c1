//! SQL that lists share.

use contract::AreaId;
use sqlx::{AnyConnection, Error};

/// The areas inside another that rows of a table are for (columns `area`, `area_name`); for [`named_areas`].
macro_rules! areas_of {
    ($table:literal) => {
        concat!(
            "SELECT area, MAX(area_name) FROM ",
            $table,
            " WHERE area >= $1 AND area < $2 GROUP BY area ORDER BY area LIMIT $3"
        )
    };
}
pub(crate) use areas_of;

/// The areas inside `area`, each with its name, by a text that [`areas_of`] made.
pub(crate) async fn named_areas(
    conn: &mut AnyConnection,
    select: &'static str,
    area: &AreaId,
    limit: i64,
) -> Result<Vec<(AreaId, String)>, Error> {
    sqlx::query_as(select).bind(area).bind(area.end()).bind(limit).fetch_all(conn).await
}

/// A LIKE pattern (with `ESCAPE '\'`) that finds `search` anywhere, its own wildcards taken literally.
pub(crate) fn pattern(search: &str) -> String {
    let literal = search.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}
