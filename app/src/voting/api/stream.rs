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
use server::identity::Caller;
use server::voting::{self, Latest};
use tokio::time::{Instant, timeout_at};

/// A stream ends after this time; the browser comes back, and who may look is asked again.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// Each message is the [`Turnout`](contract::voting::Turnout) as JSON, at once and after each change.
pub async fn turnout(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(vote): Path<VoteId>,
) -> Response {
    let latest = match voting::watch_turnout(&caller, &core, &vote).await {
        Ok(latest) => latest,
        Err(error) => {
            let status = StatusCode::from_u16(error.public().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return status.into_response();
        }
    };
    let stream = messages(latest, Instant::now() + LONGEST);
    let mut response = Sse::new(stream).keep_alive(KeepAlive::default()).into_response();
    // Proxies (nginx) must hand on each message as it comes.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

fn messages(mut latest: Latest, end: Instant) -> impl Stream<Item = Result<Event, Infallible>> {
    latest.mark_changed();
    futures::stream::unfold(latest, move |mut latest| async move {
        timeout_at(end, latest.changed()).await.ok()?.ok()?;
        let turnout = latest.borrow_and_update().clone();
        Some((Ok(Event::default().data(&*turnout)), latest))
    })
}
