//! The style sheets come within a device's first page, and as cached files from then on.

mod support;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use contract::identity::cookie;
use tower::ServiceExt;

const RULE: &str = "body { color: #123456 }";

/// A rule of the rooms' sheet, which the home page does without.
const ROOMS: &str = "table { color: #654321 }";

/// The home page, and the cookie that it sets about the build.
async fn home(app: &Router, cookie: Option<&str>) -> (String, Option<String>) {
    page(app, "/", cookie).await
}

/// A page, and the cookie that it sets about the build.
async fn page(app: &Router, path: &str, cookie: Option<&str>) -> (String, Option<String>) {
    let request = Request::get(path).header(header::COOKIE, cookie.unwrap_or_default());
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

#[tokio::test(flavor = "multi_thread")]
async fn the_home_page_does_without_the_styles_of_the_rooms() {
    let (_server, app) = support::app(|config| config).await;
    let (first, seen) = home(&app, None).await;
    assert!(!first.contains(ROOMS), "{first}");
    let (other, _) = page(&app, "/sign-in", None).await;
    assert!(other.contains(RULE) && other.contains(ROOMS), "{other}");
    let link = r#"rel="stylesheet" href="/assets/test/rooms.css""#;
    assert!(page(&app, "/sign-in", seen.as_deref()).await.0.contains(link));
    assert!(!home(&app, seen.as_deref()).await.0.contains(link));
}
