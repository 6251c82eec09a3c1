//! The style sheet comes within a device's first page, and as a cached file from then on.

mod support;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use contract::identity::cookie;
use tower::ServiceExt;

const RULE: &str = "body { color: #123456 }";

/// The home page, and the cookie that it sets about the build.
async fn home(app: &Router, cookie: Option<&str>) -> (String, Option<String>) {
    let request = Request::get("/").header(header::COOKIE, cookie.unwrap_or_default());
    let answer = app.clone().oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer");
    let set = answer.headers().get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    let set = set.filter_map(|value| value.split(';').next()).find(|pair| pair.starts_with(cookie::BUILD));
    let set = set.map(str::to_owned);
    let body = to_bytes(answer.into_body(), usize::MAX).await.expect("a page");
    (String::from_utf8_lossy(&body).into_owned(), set)
}

#[tokio::test(flavor = "multi_thread")]
async fn within_the_first_page_and_a_file_from_then_on() {
    let (_server, app) = support::app(|config| config).await;
    let (first, seen) = home(&app, None).await;
    assert!(first.contains(RULE) && !first.contains(r#"rel="stylesheet""#), "{first}");
    let (second, again) = home(&app, seen.as_deref()).await;
    assert!(!second.contains(RULE) && second.contains(r#"rel="stylesheet" href="/assets/test/hs.css""#), "{second}");
    assert_eq!(again, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_knows_an_older_build_is_new_again() {
    let (_server, app) = support::app(|config| config).await;
    let old = format!("{}=/assets/old/hs.css", cookie::BUILD);
    let (page, seen) = home(&app, Some(&old)).await;
    assert!(page.contains(RULE) && seen.is_some_and(|seen| seen != old));
}
