//! Messages to residents: sent inside the transactions of other rooms, read on `/inbox`, counted live in
//! the badge.
//!
//! A message is sent at most once: it carries a key of what it is about, unique for its reader. Its text
//! is not stored but named, so that each reader sees it in the language chosen now.

pub mod http;
mod store;
mod stream;
#[cfg(test)]
mod tests;

use crate::core::Core;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::identity::{Caller, Verb};
use contract::ids::{NoteId, PersonId};
use contract::inbox::{Inbox, InboxFilter, Note, OpenNote};
use contract::{Page, PageRequest};
use std::collections::BTreeMap;

/// Messages that a stream tells at once at most, the newest; who missed more looks at the list.
const NEWS: i64 = 20;

#[cfg(test)]
pub(crate) use store::FILTERED;

/// A message to be sent.
#[derive(Clone, Debug)]
pub struct NewNote {
    /// The key of its text in the sending room's locale file, e.g. `points.note.voting_cast`.
    pub kind: String,
    /// What stands in the text's `%{name}` places; nothing sealed, for it is stored in clear.
    pub params: BTreeMap<String, String>,
    /// The page that it leads to, as a path of this site (`/voting/…`).
    pub link: String,
    /// What it is about: a second message with the same key to the same person is not sent.
    pub unique_key: String,
}

/// The topic of changes to somebody's inbox.
pub fn topic(person: &PersonId) -> String {
    format!("inbox:{person}")
}

/// Sends a message in the caller's own transaction; false when it was sent before.
///
/// # Errors
/// The database's own trouble.
pub async fn send(tx: &mut Tx, person: &PersonId, note: &NewNote) -> Result<bool> {
    if store::is_sent(tx.conn(), person, &note.unique_key).await? {
        return Ok(false);
    }
    let number = store::next_number(tx.conn(), person).await?;
    let (id, at): (NoteId, _) = (tx.id(), tx.now());
    let params = serde_json::to_string(&note.params).map_err(Error::internal)?;
    store::insert(tx.conn(), &id, person, number, at, note, &params).await?;
    tx.change(topic(person));
    Ok(true)
}

/// As [`send`], one message to many people, each named once; how many had not been sent it before.
///
/// # Errors
/// The database's own trouble.
pub async fn send_many(tx: &mut Tx, people: &[PersonId], note: &NewNote) -> Result<usize> {
    let params = serde_json::to_string(&note.params).map_err(Error::internal)?;
    let mut sent = 0;
    for part in people.chunks(store::AT_ONCE) {
        let told = store::told(tx.conn(), part, &note.unique_key).await?;
        let new: Vec<PersonId> = part.iter().filter(|person| !told.contains(*person)).cloned().collect();
        let numbers = store::next_numbers(tx.conn(), &new).await?;
        let at = tx.now();
        let row = |(person, number)| store::NewRow { id: tx.id(), person, number, at, note, params: &params };
        let rows: Vec<_> = numbers.into_iter().map(row).collect();
        store::insert_many(tx.conn(), &rows).await?;
        sent += new.len();
        new.iter().for_each(|person| tx.change(topic(person)));
    }
    Ok(sent)
}

/// Marks the message of this key read, for who has read what it is about.
///
/// # Errors
/// The database's own trouble.
pub async fn read_about(tx: &mut Tx, person: &PersonId, unique_key: &str) -> Result<()> {
    let now = tx.now();
    if store::mark_read_about(tx.conn(), person, unique_key, now).await? {
        tx.change(topic(person));
    }
    Ok(())
}

/// Gives the messages of an entry of the registry that became part of another to that one, behind its own; one
/// that it was sent as well stays where it is.
///
/// # Errors
/// The database's own trouble.
pub async fn adopt(tx: &mut Tx, lost: &PersonId, kept: &PersonId) -> Result<()> {
    let notes = store::only_of(tx.conn(), lost, kept).await?;
    let count = i64::try_from(notes.len()).map_err(Error::internal)?;
    let last = store::next_numbers_of(tx.conn(), kept, count).await?;
    for (number, note) in (last - count + 1..).zip(notes) {
        store::give(tx.conn(), &note, kept, number).await?;
    }
    tx.change(topic(kept));
    Ok(())
}

/// One page of the caller's messages, newest first, and how many are unread in all.
///
/// # Errors
/// [`contract::Error::SignIn`], or [`contract::Refusal::NotBound`] for an account without a person.
pub async fn list(caller: &Caller, core: &Core, page: PageRequest) -> Result<Inbox> {
    search(caller, core, InboxFilter { after: page.after, size: page.size, ..InboxFilter::default() }).await
}

/// As [`list`], of those messages that a filter lets through.
///
/// # Errors
/// As [`list`].
pub async fn search(caller: &Caller, core: &Core, filter: InboxFilter) -> Result<Inbox> {
    let person = reader(caller)?;
    let limit = PageRequest { after: None, size: filter.size }.limit();
    let mut conn = core.db.read().await?;
    let rows = store::filtered(&mut conn, person, &filter, limit + 1).await?;
    let notes = Page::from_overfetch(rows, limit, |row| row.number.to_string()).map(store::Row::into_note);
    Ok(Inbox { unread: store::unread(&mut conn, person).await?, notes })
}

/// How many messages the caller has not opened; 0 for who has no inbox.
///
/// # Errors
/// The database's own trouble.
pub async fn unread(caller: &Caller, core: &Core) -> Result<i64> {
    let Ok(person) = reader(caller) else { return Ok(0) };
    let mut conn = core.db.read().await?;
    Ok(store::unread(&mut conn, person).await?)
}

/// Marks a message read; the page it leads to. Opening it again only leads there again.
///
/// # Errors
/// As [`list`]; [`contract::Error::NotFound`] for a message that is not the caller's.
pub async fn open(caller: &Caller, core: &Core, input: OpenNote) -> Result<String> {
    let person = reader(caller)?.clone();
    let link = core.db.write((person, input.note), |tx, (person, note)| {
        Box::pin(async move {
            let link = store::link(tx.conn(), person, note).await?.ok_or(contract::Error::NotFound)?;
            let now = tx.now();
            if store::mark_read(tx.conn(), person, note, now).await? {
                tx.change(topic(person));
            }
            Ok(link)
        })
    });
    link.await
}

/// Marks all of the caller's messages read.
///
/// # Errors
/// As [`list`].
pub async fn read_all(caller: &Caller, core: &Core) -> Result<()> {
    let person = reader(caller)?.clone();
    let done = core.db.write(person, |tx, person| {
        Box::pin(async move {
            let now = tx.now();
            if store::mark_all_read(tx.conn(), person, now).await? {
                tx.change(topic(person));
            }
            Ok(())
        })
    });
    done.await
}

/// What a stream tells.
struct News {
    /// Messages not opened yet.
    unread: i64,
    /// The number of the last message.
    last: i64,
    /// Messages after the one asked for with their numbers, oldest first.
    notes: Vec<(i64, Note)>,
}

/// The state of the caller's inbox, and what came after message `after` (none: only the state).
async fn news(caller: &Caller, core: &Core, after: Option<i64>) -> Result<News> {
    let person = reader(caller)?;
    let mut conn = core.db.read().await?;
    let last = store::last(&mut conn, person).await?;
    let rows = match after {
        Some(after) => store::latest_after(&mut conn, person, after, last, NEWS).await?,
        None => Vec::new(),
    };
    let notes = rows.into_iter().rev().map(|row| (row.number, row.into_note())).collect();
    Ok(News { unread: store::unread(&mut conn, person).await?, last, notes })
}

fn reader(caller: &Caller) -> Result<&PersonId> {
    caller.allow_somewhere(Verb::Inbox)?;
    caller.person()
}
