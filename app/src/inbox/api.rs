//! Opening a message and marking all as read.

use axum::Router;
use axum::response::Response;
use axum::routing::post;
use contract::inbox::OpenNote;
use serde::Deserialize;
use server::inbox;

use crate::ui::{Post, Site};

/// The page that both forms stand on.
const PAGE: &str = "/inbox";

/// A form whose button says it all.
#[derive(Debug, Deserialize)]
struct Nothing {}

/// Posts to `/inbox/open` and `/inbox/read`.
pub fn forms() -> Router<Site> {
    Router::new().route("/inbox/open", post(open)).route("/inbox/read", post(read_all))
}

async fn open(Post(note, posted): Post<OpenNote>) -> Response {
    let link = inbox::open(posted.caller(), posted.core(), note).await;
    posted.shown_at(PAGE).answer(link).await
}

async fn read_all(Post(Nothing {}, posted): Post<Nothing>) -> Response {
    let done = inbox::read_all(posted.caller(), posted.core()).await;
    posted.shown_at(PAGE).answer(done.map(|()| PAGE.to_owned())).await
}
