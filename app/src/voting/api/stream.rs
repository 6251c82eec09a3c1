//! The turnout live, as server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Extension, Path, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use contract::ids::VoteId;
use futures::Stream;
use server::Core;
use server::db::Change;
use server::identity::Caller;
use server::voting;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, sleep, timeout_at};

/// Least time between two messages: a busy poll must not keep a browser drawing.
const PAUSE: Duration = Duration::from_secs(1);
/// A stream ends after this time; the browser comes back, and who may look is asked again.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// Each message is the [`Turnout`](contract::voting::Turnout) as JSON, at once and after each change.
pub async fn turnout(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(vote): Path<VoteId>,
) -> Response {
    // Listening begins before the first look, so that nothing falls between the two.
    let changes = core.db.changes();
    if let Err(error) = voting::detail(&caller, &core, &vote).await {
        let status = StatusCode::from_u16(error.public().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        return status.into_response();
    }
    let watch = Watch { core, caller, topic: voting::topic(&vote), vote, changes, end: Instant::now() + LONGEST };
    let mut response = Sse::new(messages(watch)).keep_alive(KeepAlive::default()).into_response();
    // Proxies (nginx) must hand on each message as it comes.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

struct Watch {
    core: Core,
    caller: Caller,
    vote: VoteId,
    topic: String,
    changes: Receiver<Change>,
    end: Instant,
}

fn messages(watch: Watch) -> impl Stream<Item = Result<Event, Infallible>> {
    futures::stream::unfold((watch, false), |(mut watch, told)| async move {
        if told && !watch.changed().await {
            return None;
        }
        let turnout = voting::turnout(&watch.caller, &watch.core, &watch.vote).await.ok()?;
        let message = Event::default().json_data(turnout).ok()?;
        Some((Ok(message), (watch, true)))
    })
}

impl Watch {
    /// Waits for a change of this vote; false when the stream is to end.
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
