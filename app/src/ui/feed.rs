//! What changes while a page is open, as server-sent events.

use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use server::Core;
use server::db::Change;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, sleep, timeout_at};

/// Least time between two messages: busy work must not keep a browser drawing.
const PAUSE: Duration = Duration::from_millis(500);
/// A stream ends after this time; the browser comes back, and who may look is asked again.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// A stream of what `look` answers, as JSON: at once and after each change of `topic`; the status instead
/// when the first look is refused.
pub async fn feed<T, F, W>(core: &Core, topic: String, look: F) -> Response
where
    T: Serialize + Send + 'static,
    F: Fn() -> W + Send + 'static,
    W: Future<Output = server::Result<T>> + Send + 'static,
{
    // Listening begins before the first look, so that nothing falls between the two.
    let changes = core.db.changes();
    if let Err(error) = look().await {
        let status = StatusCode::from_u16(error.public().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        return status.into_response();
    }
    let watch = Watch { topic, changes, end: Instant::now() + LONGEST };
    let messages = futures::stream::unfold((watch, look, false), |(mut watch, look, told)| async move {
        if told && !watch.changed().await {
            return None;
        }
        let message = Event::default().json_data(look().await.ok()?).ok()?;
        Some((Ok::<_, Infallible>(message), (watch, look, true)))
    });
    let mut response = Sse::new(messages).keep_alive(KeepAlive::default()).into_response();
    // Proxies (nginx) must hand on each message as it comes.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

struct Watch {
    topic: String,
    changes: Receiver<Change>,
    end: Instant,
}

impl Watch {
    /// Waits for a change of the topic; false when the stream is to end.
    async fn changed(&mut self) -> bool {
        sleep(PAUSE).await;
        loop {
            match timeout_at(self.end, self.changes.recv()).await {
                Ok(Ok(change)) if change.topic != self.topic => {}
                // Whoever lagged behind has missed something: look again.
                Ok(Ok(_) | Err(RecvError::Lagged(_))) => return true,
                Ok(Err(RecvError::Closed)) | Err(_) => return false,
            }
        }
    }
}
