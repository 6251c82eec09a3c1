//! SQL of the inbox.

use super::NewNote;
use crate::db::rows::{self, Bound};
use crate::listing::pattern;
use contract::Millis;
use contract::ids::{NoteId, PersonId};
use contract::inbox::{InboxFilter, Note};
use sqlx::{AnyConnection, AssertSqlSafe, Error};
use std::collections::HashSet;

/// People told in one statement at most.
pub(super) const AT_ONCE: usize = 500;

/// One message as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub number: i64,
    id: NoteId,
    at: Millis,
    kind: String,
    params: String,
    link: String,
    read_at: Option<Millis>,
}

impl Row {
    pub(super) fn into_note(self) -> Note {
        let params = serde_json::from_str(&self.params).unwrap_or_default();
        let Self { id, at, kind, link, read_at, .. } = self;
        Note { id, at, kind, params, link, unread: read_at.is_none() }
    }
}

pub(super) async fn is_sent(conn: &mut AnyConnection, person: &PersonId, key: &str) -> Result<bool, Error> {
    let row: Option<(i64,)> = sqlx::query_as("SELECT number FROM notes WHERE person = $1 AND unique_key = $2")
        .bind(person)
        .bind(key)
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// The next number of an inbox. Whoever sends to the same person at the same time waits or runs again.
pub(super) async fn next_number(conn: &mut AnyConnection, person: &PersonId) -> Result<i64, Error> {
    next_numbers_of(conn, person, 1).await
}

/// The last of the next `count` numbers of an inbox; see [`next_number`].
pub(super) async fn next_numbers_of(conn: &mut AnyConnection, person: &PersonId, count: i64) -> Result<i64, Error> {
    let (last,): (i64,) = sqlx::query_as(
        "INSERT INTO inboxes (person, last) VALUES ($1, $2) \
         ON CONFLICT (person) DO UPDATE SET last = inboxes.last + excluded.last RETURNING last",
    )
    .bind(person)
    .bind(count)
    .fetch_one(conn)
    .await?;
    Ok(last)
}

pub(super) async fn insert(
    conn: &mut AnyConnection,
    id: &NoteId,
    person: &PersonId,
    number: i64,
    at: Millis,
    note: &NewNote,
    params: &str,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO notes (id, person, number, at, kind, params, link, unique_key) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(person)
    .bind(number)
    .bind(at)
    .bind(&note.kind)
    .bind(params)
    .bind(&note.link)
    .bind(&note.unique_key)
    .execute(conn)
    .await?;
    Ok(())
}

/// Who of some people has been sent a message of this key.
pub(super) async fn told(conn: &mut AnyConnection, people: &[PersonId], key: &str) -> Result<HashSet<PersonId>, Error> {
    let text =
        format!("SELECT person FROM notes WHERE unique_key = $1 AND person IN ({})", rows::marks(2, people.len()));
    let query = sqlx::query_as(AssertSqlSafe(text)).bind(key.to_owned());
    let rows: Vec<(PersonId,)> =
        people.iter().fold(query, |query, person| query.bind(person.clone())).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

/// The next number of each inbox; see [`next_number`].
pub(super) async fn next_numbers(conn: &mut AnyConnection, people: &[PersonId]) -> Result<Vec<(PersonId, i64)>, Error> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let values: Vec<String> = (1..=people.len()).map(|number| format!("(${number}, 1)")).collect();
    let text = format!(
        "INSERT INTO inboxes (person, last) VALUES {} \
         ON CONFLICT (person) DO UPDATE SET last = inboxes.last + 1 RETURNING person, last",
        values.join(", ")
    );
    let query = sqlx::query_as(AssertSqlSafe(text));
    people.iter().fold(query, |query, person| query.bind(person.clone())).fetch_all(conn).await
}

/// One of many messages.
pub(super) struct NewRow<'a> {
    pub id: NoteId,
    pub person: PersonId,
    pub number: i64,
    pub at: Millis,
    pub note: &'a NewNote,
    pub params: &'a str,
}

impl rows::Row for NewRow<'_> {
    const INTO: &'static str = "notes (id, person, number, at, kind, params, link, unique_key)";

    fn bind(&self, bound: Bound) -> Bound {
        let NewNote { kind, link, unique_key, .. } = self.note;
        let bound = bound.bind(self.id.clone()).bind(self.person.clone()).bind(self.number).bind(self.at);
        bound.bind(kind.clone()).bind(self.params.to_owned()).bind(link.clone()).bind(unique_key.clone())
    }
}

/// Keeps many messages.
pub(super) async fn insert_many(conn: &mut AnyConnection, notes: &[NewRow<'_>]) -> Result<(), Error> {
    rows::insert(conn, notes).await
}

/// The number of the last message; 0 in an empty inbox.
pub(super) async fn last(conn: &mut AnyConnection, person: &PersonId) -> Result<i64, Error> {
    let row: Option<(i64,)> =
        sqlx::query_as("SELECT last FROM inboxes WHERE person = $1").bind(person).fetch_optional(conn).await?;
    Ok(row.map_or(0, |(last,)| last))
}

pub(crate) const FILTERED: &str = "\
     SELECT number, id, at, kind, params, link, read_at FROM notes WHERE person = $1 AND number < $2 \
     AND kind >= $3 AND kind < $4 AND ($5 = 0 OR read_at IS NULL) AND params LIKE $6 ESCAPE '\\' \
     ORDER BY number DESC LIMIT $7";

/// What a filter lets through, newest first.
pub(super) async fn filtered(
    conn: &mut AnyConnection,
    person: &PersonId,
    filter: &InboxFilter,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    let before = filter.after.as_deref().and_then(|key| key.parse().ok()).unwrap_or(i64::MAX);
    // Kinds begin with their room and a dot; `/` is the character after it, `~` is after every letter.
    let (first, end) = match filter.room.as_str() {
        "" => (String::new(), "~".to_owned()),
        room => (format!("{room}."), format!("{room}/")),
    };
    sqlx::query_as(FILTERED)
        .bind(person)
        .bind(before)
        .bind(first)
        .bind(end)
        .bind(i64::from(filter.unread == "1"))
        .bind(pattern(&filter.search))
        .bind(limit)
        .fetch_all(conn)
        .await
}

/// Messages numbered above `after` and up to `last`, newest first.
pub(super) async fn latest_after(
    conn: &mut AnyConnection,
    person: &PersonId,
    after: i64,
    last: i64,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    sqlx::query_as(
        "SELECT number, id, at, kind, params, link, read_at FROM notes \
         WHERE person = $1 AND number > $2 AND number <= $3 ORDER BY number DESC LIMIT $4",
    )
    .bind(person)
    .bind(after)
    .bind(last)
    .bind(limit)
    .fetch_all(conn)
    .await
}

pub(super) async fn unread(conn: &mut AnyConnection, person: &PersonId) -> Result<i64, Error> {
    let (count,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM notes WHERE person = $1 AND read_at IS NULL")
        .bind(person)
        .fetch_one(conn)
        .await?;
    Ok(count)
}

/// Where one of the person's messages leads.
pub(super) async fn link(conn: &mut AnyConnection, person: &PersonId, note: &NoteId) -> Result<Option<String>, Error> {
    let row: Option<(String,)> = sqlx::query_as("SELECT link FROM notes WHERE id = $1 AND person = $2")
        .bind(note)
        .bind(person)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|(link,)| link))
}

/// True when it was unread until now.
pub(super) async fn mark_read(
    conn: &mut AnyConnection,
    person: &PersonId,
    note: &NoteId,
    now: Millis,
) -> Result<bool, Error> {
    let done = sqlx::query("UPDATE notes SET read_at = $3 WHERE id = $1 AND person = $2 AND read_at IS NULL")
        .bind(note)
        .bind(person)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks the message of a key read; true when it was unread until now.
pub(super) async fn mark_read_about(
    conn: &mut AnyConnection,
    person: &PersonId,
    key: &str,
    now: Millis,
) -> Result<bool, Error> {
    let done = sqlx::query("UPDATE notes SET read_at = $3 WHERE person = $1 AND unique_key = $2 AND read_at IS NULL")
        .bind(person)
        .bind(key)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// True when any was unread until now.
pub(super) async fn mark_all_read(conn: &mut AnyConnection, person: &PersonId, now: Millis) -> Result<bool, Error> {
    let done = sqlx::query("UPDATE notes SET read_at = $2 WHERE person = $1 AND read_at IS NULL")
        .bind(person)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Messages of one person that another was not sent as well, oldest first.
pub(super) async fn only_of(
    conn: &mut AnyConnection,
    person: &PersonId,
    other: &PersonId,
) -> Result<Vec<NoteId>, Error> {
    let rows: Vec<(NoteId,)> = sqlx::query_as(
        "SELECT id FROM notes WHERE person = $1 AND NOT EXISTS (SELECT 1 FROM notes sent \
         WHERE sent.person = $2 AND sent.unique_key = notes.unique_key) ORDER BY number",
    )
    .bind(person)
    .bind(other)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Makes a message somebody else's, under this number.
pub(super) async fn give(conn: &mut AnyConnection, note: &NoteId, to: &PersonId, number: i64) -> Result<(), Error> {
    sqlx::query("UPDATE notes SET person = $2, number = $3 WHERE id = $1")
        .bind(note)
        .bind(to)
        .bind(number)
        .execute(conn)
        .await?;
    Ok(())
}
