//! The app as an organiser asks it.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use server::voting::testing::organiser;
use tower::ServiceExt;

/// Status and page.
pub async fn ask(app: &Router, mut request: Request<Body>) -> (u16, String) {
    request.extensions_mut().insert(organiser());
    let answer = app.clone().oneshot(request).await.expect("an answer");
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), usize::MAX).await.expect("a page");
    (status, String::from_utf8_lossy(&body).into_owned())
}

/// A page that is there.
pub async fn open(app: &Router, path: &str) -> String {
    let (status, page) = ask(app, Request::get(path).body(Body::empty()).expect("a request")).await;
    assert_eq!(status, 200, "{page}");
    page
}
