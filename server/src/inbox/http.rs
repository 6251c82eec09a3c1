//! `GET /inbox/stream`: the inbox live, as server-sent events.

use super::stream::{self, Places};
use crate::core::Core;
use crate::identity::Caller;
use crate::sse;
use axum::Router;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The inbox's own addresses.
pub fn routes<S: Clone + Send + Sync + 'static>(core: &Core) -> Router<S> {
    Router::new().route("/inbox/stream", get(listen)).layer(Extension(Places::default())).with_state(core.clone())
}

/// At once and after each change comes an event `unread` with the number of unread messages, before it an
/// event `note` for each new message with the [`Note`](contract::inbox::Note) as JSON. An event's id is the
/// number of the last message told; a browser that comes back names it in `Last-Event-ID` and is told what
/// it missed. The stream ends with the session.
///
/// Who is not signed in gets 401, and an account without a person 409: a browser then stops asking.
async fn listen(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Extension(places): Extension<Places>,
    headers: HeaderMap,
) -> Response {
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse().ok());
    match stream::open(core.clone(), caller, &places, seen) {
        Ok(events) => sse::respond(&core, events),
        Err(error) => refuse(&error.public()),
    }
}

fn refuse(error: &contract::Error) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CACHE_CONTROL, "no-store")]).into_response()
}
