//! SQL of lists on their way into the registry.

use crate::db::rows::{Bound, Row};
use contract::ids::ImportId;
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error, FromRow};

/// An import as stored.
#[derive(Clone, Debug, FromRow)]
pub struct Import {
    pub id: ImportId,
    pub area: AreaId,
    pub actor: String,
    pub sent_at: Millis,
    pub sha256: String,
    pub state: String,
    pub rows_done: i64,
    pub rows_all: i64,
    pub counts: String,
    /// What entering has come to so far; empty before it began.
    pub entered: String,
    pub partial: i64,
    pub moment: Millis,
    pub at_sheet: i64,
    pub at_place: String,
}

/// Columns of [`Import`] with what follows.
macro_rules! imports {
    ($rest:literal) => {
        concat!(
            "SELECT id, area, actor, sent_at, sha256, state, rows_done, rows_all, counts, entered, partial, moment, ",
            "at_sheet, at_place FROM people_imports ",
            $rest
        )
    };
}

/// A file that has just come.
#[derive(Clone, Debug)]
pub struct Sent<'a> {
    pub id: &'a ImportId,
    pub key: &'a str,
    pub area: &'a AreaId,
    pub actor: &'a str,
    pub at: Millis,
    pub sha256: &'a str,
    pub counts: &'a str,
}

/// Keeps a file's entry; false when one of the same key is there.
pub async fn insert(conn: &mut AnyConnection, sent: &Sent<'_>) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO people_imports (id, send_key, area, actor, sent_at, sha256, state, counts) \
         VALUES ($1, $2, $3, $4, $5, $6, 'checking', $7) ON CONFLICT (send_key) DO NOTHING",
    )
    .bind(sent.id)
    .bind(sent.key)
    .bind(sent.area)
    .bind(sent.actor)
    .bind(sent.at)
    .bind(sent.sha256)
    .bind(sent.counts)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn of_key(conn: &mut AnyConnection, key: &str) -> Result<Import, Error> {
    sqlx::query_as(imports!("WHERE send_key = $1")).bind(key).fetch_one(conn).await
}

pub async fn find(conn: &mut AnyConnection, id: &ImportId) -> Result<Option<Import>, Error> {
    sqlx::query_as(imports!("WHERE id = $1")).bind(id).fetch_optional(conn).await
}

/// See [`listed`].
pub(in crate::people) const LISTED: &str =
    imports!("WHERE area >= $1 AND area < $2 AND id < $3 ORDER BY id DESC LIMIT $4");

/// Imports of an area and inside it, newest first, before `before`.
pub async fn listed(
    conn: &mut AnyConnection,
    area: &AreaId,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Import>, Error> {
    let query = sqlx::query_as(LISTED).bind(area).bind(area.end()).bind(before.unwrap_or("~"));
    query.bind(limit).fetch_all(conn).await
}

/// A sealed part of a file.
pub struct Part<'a>(pub &'a ImportId, pub i64, pub &'a str);

impl Row for Part<'_> {
    const INTO: &'static str = "people_import_parts (import, part, sealed)";

    fn bind(&self, bound: Bound) -> Bound {
        bound.bind(self.0.clone()).bind(self.1).bind(self.2.to_owned())
    }
}

pub async fn part(conn: &mut AnyConnection, id: &ImportId, part: i64) -> Result<Option<String>, Error> {
    let row: Option<(String,)> =
        sqlx::query_as("SELECT sealed FROM people_import_parts WHERE import = $1 AND part = $2")
            .bind(id)
            .bind(part)
            .fetch_optional(conn)
            .await?;
    Ok(row.map(|(sealed,)| sealed))
}

/// Begins a check from the start; its number, or none when there is nothing to check any more.
pub async fn begin_check(conn: &mut AnyConnection, id: &ImportId) -> Result<Option<i64>, Error> {
    let attempt: Option<(i64,)> = sqlx::query_as(
        "UPDATE people_imports SET attempt = attempt + 1, rows_done = 0, rows_all = 0 \
         WHERE id = $1 AND state = 'checking' RETURNING attempt",
    )
    .bind(id)
    .fetch_optional(&mut *conn)
    .await?;
    if attempt.is_some() {
        clear(&mut *conn, id).await?;
        clear_faults(conn, id).await?;
    }
    Ok(attempt.map(|(attempt,)| attempt))
}

/// Notes how many rows are checked; false when another attempt has taken over.
pub async fn checked(conn: &mut AnyConnection, id: &ImportId, attempt: i64, rows: i64) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE people_imports SET rows_done = rows_done + $3 WHERE id = $1 AND attempt = $2 AND state = 'checking'",
    )
    .bind(id)
    .bind(attempt)
    .bind(rows)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends a check as `state`; false when another attempt has taken over.
pub async fn end_check(
    conn: &mut AnyConnection,
    id: &ImportId,
    attempt: i64,
    state: &str,
    counts: &str,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE people_imports SET state = $3, counts = $4, rows_all = rows_done, rows_done = 0 \
         WHERE id = $1 AND attempt = $2 AND state = 'checking'",
    )
    .bind(id)
    .bind(attempt)
    .bind(state)
    .bind(counts)
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    clear_file(conn, id).await?;
    Ok(true)
}

/// From checked to applying; false when it is not checked (any more).
pub async fn start(conn: &mut AnyConnection, id: &ImportId, partial: bool, now: Millis) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE people_imports SET state = 'applying', partial = $2, moment = $3, \
         rows_all = (SELECT COUNT(*) FROM people_import_rows WHERE import = $1) WHERE id = $1 AND state = 'checked'",
    )
    .bind(id)
    .bind(i64::from(partial))
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// From checked to dropped, and from any work under way where its job is `dead`: how many rows are entered and
/// stay. None when there is nothing to drop (any more).
pub async fn abandon(conn: &mut AnyConnection, id: &ImportId, dead: bool) -> Result<Option<i64>, Error> {
    let dropped: Option<(i64,)> = sqlx::query_as(
        "UPDATE people_imports SET state = 'dropped', rows_done = CASE WHEN state = 'applying' THEN rows_done ELSE 0 END \
         WHERE id = $1 AND (state = 'checked' OR (state IN ('checking', 'applying') AND $2 = 1)) RETURNING rows_done",
    )
    .bind(id)
    .bind(i64::from(dead))
    .fetch_optional(&mut *conn)
    .await?;
    if dropped.is_some() {
        clear(&mut *conn, id).await?;
        clear_file(conn, id).await?;
    }
    Ok(dropped.map(|(rows,)| rows))
}

/// Drops one list sent before a moment that nobody has decided, or whose check never came to its end.
pub async fn expire(conn: &mut AnyConnection, before: Millis) -> Result<Option<(ImportId, AreaId)>, Error> {
    let dropped: Option<(ImportId, AreaId)> = sqlx::query_as(
        "UPDATE people_imports SET state = 'dropped', rows_done = 0 WHERE id = (SELECT id FROM people_imports \
         WHERE state IN ('checking', 'checked') AND sent_at < $1 ORDER BY sent_at LIMIT 1) \
         AND state IN ('checking', 'checked') RETURNING id, area",
    )
    .bind(before)
    .fetch_optional(&mut *conn)
    .await?;
    if let Some((id, _)) = &dropped {
        clear(&mut *conn, id).await?;
        clear_file(conn, id).await?;
    }
    Ok(dropped)
}

/// Where lists are being entered now.
pub async fn applying(conn: &mut AnyConnection) -> Result<Vec<AreaId>, Error> {
    let rows: Vec<(AreaId,)> =
        sqlx::query_as("SELECT area FROM people_imports WHERE state = 'applying'").fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(area,)| area).collect())
}

/// Takes the file away.
async fn clear_file(conn: &mut AnyConnection, id: &ImportId) -> Result<(), Error> {
    sqlx::query("DELETE FROM people_import_parts WHERE import = $1").bind(id).execute(conn).await?;
    Ok(())
}

/// Takes the checked rows away.
pub async fn clear(conn: &mut AnyConnection, id: &ImportId) -> Result<(), Error> {
    sqlx::query("DELETE FROM people_import_rows WHERE import = $1").bind(id).execute(conn).await?;
    Ok(())
}

/// Takes the faults away.
pub async fn clear_faults(conn: &mut AnyConnection, id: &ImportId) -> Result<(), Error> {
    sqlx::query("DELETE FROM people_import_faults WHERE import = $1").bind(id).execute(conn).await?;
    Ok(())
}

/// A checked row, sealed.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Staged {
    pub sheet: i64,
    pub place: String,
    pub line: i64,
    pub sealed: String,
}

/// A checked row on its way in.
pub struct NewStaged<'a>(pub &'a ImportId, pub &'a Staged);

impl Row for NewStaged<'_> {
    const INTO: &'static str = "people_import_rows (import, sheet, place, line, sealed)";

    fn bind(&self, bound: Bound) -> Bound {
        let Staged { sheet, place, line, sealed } = self.1.clone();
        bound.bind(self.0.clone()).bind(sheet).bind(place).bind(line).bind(sealed)
    }
}

/// Takes one checked row away again.
pub async fn unstage(conn: &mut AnyConnection, id: &ImportId, row: &Staged) -> Result<(), Error> {
    sqlx::query("DELETE FROM people_import_rows WHERE import = $1 AND sheet = $2 AND place = $3 AND line = $4")
        .bind(id)
        .bind(row.sheet)
        .bind(&row.place)
        .bind(row.line)
        .execute(conn)
        .await?;
    Ok(())
}

/// See [`staged`].
pub(in crate::people) const STAGED: &str = "SELECT sheet, place, line, sealed FROM people_import_rows \
     WHERE import = $1 AND (sheet, place) > ($2, $3) ORDER BY sheet, place, line LIMIT $4";

/// Checked rows after a place of a sheet, in order.
pub async fn staged(
    conn: &mut AnyConnection,
    id: &ImportId,
    after: (i64, &str),
    limit: i64,
) -> Result<Vec<Staged>, Error> {
    sqlx::query_as(STAGED).bind(id).bind(after.0).bind(after.1).bind(limit).fetch_all(conn).await
}

/// Moves on from one place to the next; false when another worker has done so.
pub async fn advance(
    conn: &mut AnyConnection,
    id: &ImportId,
    from: (i64, &str),
    to: (i64, &str),
    rows: i64,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE people_imports SET at_sheet = $4, at_place = $5, rows_done = rows_done + $6 \
         WHERE id = $1 AND state = 'applying' AND at_sheet = $2 AND at_place = $3",
    )
    .bind(id)
    .bind(from.0)
    .bind(from.1)
    .bind(to.0)
    .bind(to.1)
    .bind(rows)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes what entering has come to so far.
pub async fn tally(conn: &mut AnyConnection, id: &ImportId, entered: &str) -> Result<(), Error> {
    sqlx::query("UPDATE people_imports SET entered = $2 WHERE id = $1").bind(id).bind(entered).execute(conn).await?;
    Ok(())
}

/// From applying to done with these counts; false when it is already.
pub async fn finish(conn: &mut AnyConnection, id: &ImportId, counts: &str) -> Result<bool, Error> {
    let done =
        sqlx::query("UPDATE people_imports SET state = 'done', counts = $2 WHERE id = $1 AND state = 'applying'")
            .bind(id)
            .bind(counts)
            .execute(&mut *conn)
            .await?;
    clear(conn, id).await?;
    Ok(done.rows_affected() == 1)
}

/// A fault as stored.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct FaultRow {
    pub sheet: i64,
    pub line: i64,
    pub field: String,
    pub issue: String,
    pub number: Option<i64>,
    pub other_line: Option<i64>,
}

/// A fault on its way in.
pub struct NewFault<'a>(pub &'a ImportId, pub &'a FaultRow);

impl Row for NewFault<'_> {
    const INTO: &'static str = "people_import_faults (import, sheet, line, field, issue, number, other_line)";

    fn bind(&self, bound: Bound) -> Bound {
        let FaultRow { sheet, line, field, issue, number, other_line } = self.1.clone();
        bound.bind(self.0.clone()).bind(sheet).bind(line).bind(field).bind(issue).bind(number).bind(other_line)
    }
}

/// See [`faults`].
pub(in crate::people) const FAULTS: &str = "SELECT sheet, line, field, issue, number, other_line \
     FROM people_import_faults WHERE import = $1 AND (sheet, line, field) > ($2, $3, $4) \
     ORDER BY sheet, line, field LIMIT $5";

/// Faults after a field of a row, in order.
pub async fn faults(
    conn: &mut AnyConnection,
    id: &ImportId,
    after: (i64, i64, &str),
    limit: i64,
) -> Result<Vec<FaultRow>, Error> {
    let query = sqlx::query_as(FAULTS).bind(id).bind(after.0).bind(after.1).bind(after.2);
    query.bind(limit).fetch_all(conn).await
}
