//! Server-sent events as a response.

use crate::core::Core;
use axum::http::HeaderValue;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt};
use std::convert::Infallible;

/// Tells `events` as they come, until the server is to stop; readers then come back elsewhere.
pub fn respond(core: &Core, events: impl Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Response {
    let mut stopping = core.stopping.subscribe();
    let events = events.take_until(async move {
        // An error only says that the server is gone altogether.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::default()).into_response();
    // Proxies (nginx) must hand on each event as it comes.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
