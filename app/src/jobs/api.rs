//! The form beside each job.

use axum::Router;
use axum::response::Response;
use axum::routing::post;
use contract::ids::JobId;
use serde::Deserialize;
use server::jobs;

use crate::ui::{Post, Site};

/// The job to take up again.
#[derive(Debug, Deserialize)]
struct Retry {
    id: JobId,
}

/// Posts to `/console/jobs`.
pub fn forms() -> Router<Site> {
    Router::new().route("/console/jobs", post(retry))
}

async fn retry(Post(input, posted): Post<Retry>) -> Response {
    let done = jobs::retry(posted.caller(), posted.core(), input.id).await;
    posted.answer(done.map(|()| "/console/jobs?taken=1".to_owned())).await
}
