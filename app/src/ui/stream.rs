//! Figures that are told again whenever they change, as server-sent events.

use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use axum::http::HeaderValue;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::Stream;
use serde::Serialize;
use server::Core;
use server::db::Change;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, sleep, timeout_at};

use super::download::status;

/// Least time between two messages: what changes often must not keep a browser drawing.
const PAUSE: Duration = Duration::from_secs(1);
/// How often a silent stream looks all the same: a change is a hint, and hints can be missed.
const LOOK: Duration = Duration::from_secs(10);
/// A stream ends after this time; the browser comes back, and who may look is asked again.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// Each message is what `look` answers, as JSON: at once and after each change of `topic`. An answer that
/// is an error ends the stream; the first one is the response's status.
pub async fn figures<T, L, F>(core: Core, topic: String, look: L) -> Response
where
    T: Serialize + Send + 'static,
    L: Fn() -> F + Send + 'static,
    F: Future<Output = server::Result<T>> + Send + 'static,
{
    // Listening begins before the first look, so that nothing falls between the two.
    let changes = core.db.changes();
    let first = match look().await {
        Ok(first) => first,
        Err(error) => return status(&error),
    };
    let watch = Watch { topic, changes, end: Instant::now() + LONGEST };
    let mut response = Sse::new(messages(watch, first, look)).keep_alive(KeepAlive::default()).into_response();
    // Proxies (nginx) must hand on each message as it comes.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

struct Watch {
    topic: String,
    changes: Receiver<Change>,
    end: Instant,
}

fn messages<T, L, F>(watch: Watch, first: T, look: L) -> impl Stream<Item = Result<Event, Infallible>>
where
    T: Serialize + Send + 'static,
    L: Fn() -> F + Send + 'static,
    F: Future<Output = server::Result<T>> + Send + 'static,
{
    futures::stream::unfold((watch, look, Some(first)), |(mut watch, look, first)| async move {
        let figures = match first {
            Some(first) => first,
            None if watch.changed().await => look().await.ok()?,
            None => return None,
        };
        let message = Event::default().json_data(figures).ok()?;
        Some((Ok(message), (watch, look, None)))
    })
}

impl Watch {
    /// Waits for a change of the topic or for the next regular look; false when the stream is to end.
    async fn changed(&mut self) -> bool {
        sleep(PAUSE).await;
        let look = Instant::now() + LOOK;
        loop {
            match timeout_at(look.min(self.end), self.changes.recv()).await {
                Ok(Ok(change)) if change.topic != self.topic => {}
                // Whoever lagged behind has missed something: look again.
                Ok(Ok(_) | Err(RecvError::Lagged(_))) => return true,
                Ok(Err(RecvError::Closed)) => return false,
                Err(_) => return Instant::now() < self.end,
            }
        }
    }
}
