//! The live stream of one reader: waits for changes, looks at the inbox again, tells what is new.

use super::{News, news, reader, topic};
use crate::core::Core;
use crate::db::Watch;
use crate::error::Result;
use crate::identity::{self, Caller};
use axum::response::sse::Event;
use contract::Error;
use contract::ids::PersonId;
use futures::Stream;
use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

/// Streams that one person may have open on one server: a few phones and tabs.
const EACH: u32 = 8;
/// A stream ends after this time; the browser comes back, perhaps to another server.
const LIFE: Duration = Duration::from_secs(15 * 60);
/// How often a silent stream makes sure that its session still holds, and that no change was missed.
const LOOK: Duration = Duration::from_secs(20);
/// How long a browser waits before it comes back.
const RETURN: Duration = Duration::from_secs(3);

/// The streams that are open on this server, by person.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(Arc<Mutex<HashMap<PersonId, u32>>>);

/// One open stream; its end frees the place.
struct Place {
    places: Places,
    person: PersonId,
}

impl Places {
    fn take(&self, person: &PersonId) -> Option<Place> {
        let mut open = self.lock();
        let count = open.entry(person.clone()).or_default();
        (*count < EACH).then(|| {
            *count += 1;
            Place { places: self.clone(), person: person.clone() }
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<PersonId, u32>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.places.lock();
        if let Some(count) = open.get_mut(&self.person) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.person);
            }
        }
    }
}

/// What a stream remembers between two events.
struct Listener {
    core: Core,
    caller: Caller,
    /// Of the inbox and the session.
    changes: Watch,
    /// Events to be told next.
    ready: VecDeque<Event>,
    /// The last message that the browser knows of; none until the first event.
    seen: Option<i64>,
    /// The count told last; none until the first event.
    told: Option<i64>,
    until: Instant,
    _place: Place,
}

/// Opens the stream of the caller's inbox, from message `seen` on.
///
/// # Errors
/// As [`super::list`]; [`Error::TooMany`] when the person has too many open.
pub(super) fn open(
    core: Core,
    caller: Caller,
    places: &Places,
    seen: Option<i64>,
) -> Result<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let person = reader(&caller)?;
    let place = places.take(person).ok_or(Error::TooMany { retry_after_s: 60 })?;
    // Watched from before the first look, so that nothing falls between the two.
    let changes = core.db.watch([topic(person), identity::ended_topic(caller.account()?)]);
    let until = Instant::now() + LIFE;
    let listener = Listener { core, caller, changes, ready: VecDeque::new(), seen, told: None, until, _place: place };
    Ok(futures::stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    }))
}

impl Listener {
    /// The next event; none when the stream has to end: the session is over, or the stream old, or the
    /// database gone.
    async fn next(&mut self) -> Option<Event> {
        while self.ready.is_empty() {
            if self.told.is_some() {
                self.wait().await?;
            }
            if !identity::still_holds(&self.caller, &self.core).await.ok()? {
                return None;
            }
            let news = news(&self.caller, &self.core, self.seen).await.ok()?;
            if self.told != Some(news.unread) || self.seen != Some(news.last) {
                self.tell(news);
            }
        }
        self.ready.pop_front()
    }

    fn tell(&mut self, news: News) {
        for (number, note) in news.notes {
            let data = serde_json::to_string(&note).unwrap_or_default();
            self.ready.push_back(Event::default().event("note").id(number.to_string()).data(data));
        }
        let unread = Event::default().event("unread").id(news.last.to_string()).data(news.unread.to_string());
        self.ready.push_back(if self.told.is_none() { unread.retry(RETURN) } else { unread });
        self.told = Some(news.unread);
        self.seen = Some(news.last);
    }

    /// Waits for a change of this inbox or for the next regular look; none at the end of the stream's life.
    async fn wait(&mut self) -> Option<()> {
        let look = Instant::now() + LOOK;
        match tokio::time::timeout_at(look.min(self.until), self.changes.changed()).await {
            Ok(()) => Some(()),
            Err(_) => (Instant::now() < self.until).then_some(()),
        }
    }
}
