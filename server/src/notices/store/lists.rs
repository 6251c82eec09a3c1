//! SQL of lists of notices.

use super::{Notice, columns};
use crate::listing::{Filter, areas_of, pattern};
use contract::ids::PersonId;
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

pub(in super::super) const INSIDE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM notices n WHERE n.area >= $1 AND n.area < $2 AND ($3 = '' OR n.id < $3) \
     AND (n.title LIKE $4 ESCAPE '\\' OR n.area_name LIKE $4 ESCAPE '\\') AND ($5 = '' OR n.state = $5) \
     ORDER BY n.id DESC LIMIT $6"
);

/// Notices inside an area, newest first.
pub(in super::super) async fn inside(
    conn: &mut AnyConnection,
    filter: &Filter<'_>,
    limit: i64,
) -> Result<Vec<Notice>, Error> {
    sqlx::query_as(INSIDE)
        .bind(filter.area)
        .bind(filter.area.end())
        .bind(filter.before)
        .bind(pattern(filter.search))
        .bind(filter.state)
        .bind(limit)
        .fetch_all(conn)
        .await
}

/// The areas inside another that notices are for.
pub(in super::super) const AREAS: &str = areas_of!("notices");

/// One row of a residents' list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Told {
    #[sqlx(flatten)]
    pub notice: Notice,
    pub told_at: Millis,
    pub body: String,
    /// 1 for what the reader has not opened.
    pub unread: i64,
}

/// Where a residents' list goes on: before this moment and id.
#[derive(Clone, Debug)]
pub(in super::super) struct Before {
    pub at: Millis,
    pub notice: String,
}

pub(in super::super) const TOLD: &str = concat!(
    "SELECT ",
    columns!(),
    ", d.at AS told_at, v.body, CAST(CASE WHEN d.status = 'read' THEN 0 ELSE 1 END AS BIGINT) AS unread \
     FROM notices_deliveries d JOIN notices n ON n.id = d.notice AND n.version = d.version \
     JOIN notices_versions v ON v.notice = n.id AND v.version = n.version \
     WHERE d.person = $1 AND d.channel = 'app' AND (d.at, d.notice) < ($2, $3) \
     AND d.status IN ('delivered', 'read') AND ($4 = 0 OR d.status <> 'read') AND n.title LIKE $5 ESCAPE '\\' \
     ORDER BY d.at DESC, d.notice DESC LIMIT $6"
);

/// What was sent to a person, newest first.
pub(in super::super) async fn told(
    conn: &mut AnyConnection,
    person: &PersonId,
    before: &Before,
    unread: bool,
    search: &str,
    limit: i64,
) -> Result<Vec<Told>, Error> {
    sqlx::query_as(TOLD)
        .bind(person)
        .bind(before.at)
        .bind(&before.notice)
        .bind(i64::from(unread))
        .bind(pattern(search))
        .bind(limit)
        .fetch_all(conn)
        .await
}

pub(in super::super) const PUBLIC: &str = concat!(
    "SELECT ",
    columns!(),
    ", n.at AS told_at, v.body, CAST(0 AS BIGINT) AS unread FROM notices n \
     JOIN notices_versions v ON v.notice = n.id AND v.version = n.version \
     WHERE n.public = 1 AND n.state IN ('sending', 'sent') AND (n.at, n.id) < ($1, $2) \
     AND (($3 >= n.area AND $3 < n.area || '/') OR (n.area >= $3 AND n.area < $4)) AND n.title LIKE $5 ESCAPE '\\' \
     ORDER BY n.at DESC, n.id DESC LIMIT $6"
);

/// What is for everybody of an area, of the areas around it and of those inside it, newest first.
pub(in super::super) async fn public(
    conn: &mut AnyConnection,
    area: &AreaId,
    before: &Before,
    search: &str,
    limit: i64,
) -> Result<Vec<Told>, Error> {
    sqlx::query_as(PUBLIC)
        .bind(before.at)
        .bind(&before.notice)
        .bind(area)
        .bind(area.end())
        .bind(pattern(search))
        .bind(limit)
        .fetch_all(conn)
        .await
}
