//! What changes while a page is open, as server-sent events.

use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use axum::response::Response;
use axum::response::sse::Event;
use futures::{Stream, StreamExt};
use serde::Serialize;
use server::db::Watch;
use server::identity::{self, Caller};
use server::{Core, sse};
use tokio::time::{Instant, sleep, timeout_at};

use super::download::status;

/// Least time between two messages: what changes often must not keep a browser drawing.
const PAUSE: Duration = Duration::from_secs(1);
/// A stream ends after this time; the browser comes back, and who may look is asked again.
pub const LONGEST: Duration = Duration::from_secs(10 * 60);

/// Tells messages as they come, until a session of the caller's account ends or a role is taken from it; who may
/// still look comes back and is asked again.
pub fn respond(
    core: &Core,
    caller: &Caller,
    messages: impl Stream<Item = Result<Event, Infallible>> + Send + 'static,
) -> Response {
    let mut ended = core.db.watch(caller.account.as_ref().map(identity::ended_topic));
    sse::respond(core, messages.take_until(async move { ended.changed().await }))
}

/// Each message is what `look` answers, as JSON: at once and after each change of `topic`. An answer that
/// is an error ends the stream; the first one is the response's status.
pub async fn figures<T, L, F>(core: &Core, caller: &Caller, topic: String, look: L) -> Response
where
    T: Serialize + Send + 'static,
    L: Fn() -> F + Send + 'static,
    F: Future<Output = server::Result<T>> + Send + 'static,
{
    // Watched from before the first look, so that nothing falls between the two.
    let changes = core.db.watch([topic]);
    match look().await {
        Ok(first) => respond(core, caller, messages(changes, first, look)),
        Err(error) => status(&error),
    }
}

fn messages<T, L, F>(changes: Watch, first: T, look: L) -> impl Stream<Item = Result<Event, Infallible>>
where
    T: Serialize + Send + 'static,
    L: Fn() -> F + Send + 'static,
    F: Future<Output = server::Result<T>> + Send + 'static,
{
    let end = Instant::now() + LONGEST;
    futures::stream::unfold((changes, look, Some(first)), move |(mut changes, look, first)| async move {
        let figures = match first {
            Some(first) => first,
            None => {
                sleep(PAUSE).await;
                timeout_at(end, changes.changed()).await.ok()?;
                look().await.ok()?
            }
        };
        let message = Event::default().json_data(figures).ok()?;
        Some((Ok(message), (changes, look, None)))
    })
}
