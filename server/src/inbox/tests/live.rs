//! The live stream over its route.

use super::*;
use crate::identity::{self, request_code, sign_in};
use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::extract::Extension;
use axum::http::{Request, StatusCode};
use contract::identity::{CodeRequest, SignIn};
use futures::StreamExt;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;
use tower::ServiceExt;

/// The resident `wang`, signed in with a session.
async fn signed_in(core: &Core) -> Caller {
    let phone = "13800138000".to_owned();
    let from = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let sent = request_code(&Caller::anonymous(), core, CodeRequest { phone: phone.clone() }, from).await.unwrap();
    let entered = sign_in(&Caller::anonymous(), core, SignIn { phone, code: sent.shown.unwrap() }).await.unwrap();
    let caller = identity::caller_of(core, &entered.token).await.unwrap();
    Caller { person: Some(PersonId::trusted("wang")), ..caller }
}

fn app(core: &Core, caller: &Caller) -> Router {
    http::routes::<()>(core).layer(Extension(caller.clone()))
}

fn get(last_id: Option<&str>) -> Request<Body> {
    let request = Request::get("/inbox/stream");
    let request = last_id.into_iter().fold(request, |request, id| request.header("last-event-id", id));
    request.body(Body::empty()).unwrap()
}

async fn listen(app: Router, last_id: Option<&str>) -> BodyDataStream {
    let response = app.oneshot(get(last_id)).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    response.into_body().into_data_stream()
}

/// The next event as text; none at the stream's end.
async fn next(events: &mut BodyDataStream) -> Option<String> {
    let frame = tokio::time::timeout(Duration::from_secs(5), events.next()).await.expect("an event in time")?;
    Some(String::from_utf8(frame.unwrap().to_vec()).unwrap())
}

#[tokio::test]
async fn the_stream_tells_the_count_at_once_and_then_what_is_new() {
    for core in testing::cores().await {
        deliver(&core, "wang", "a").await;
        let mut events = listen(app(&core, &signed_in(&core).await), None).await;
        assert_eq!(next(&mut events).await.unwrap(), "event: unread\nid: 1\ndata: 1\nretry: 3000\n\n");
        deliver(&core, "li", "other").await;
        deliver(&core, "wang", "b").await;
        let note = next(&mut events).await.unwrap();
        assert!(note.starts_with("event: note\nid: 2\ndata: {") && note.contains(r#""link":"/test/b""#), "{note}");
        assert_eq!(next(&mut events).await.unwrap(), "event: unread\nid: 2\ndata: 2\n\n");
    }
}

#[tokio::test]
async fn a_stream_taken_up_again_tells_what_was_missed() {
    for core in testing::cores().await {
        for key in ["a", "b", "c"] {
            deliver(&core, "wang", key).await;
        }
        let mut events = listen(app(&core, &signed_in(&core).await), Some("1")).await;
        for key in ["b", "c"] {
            assert!(next(&mut events).await.unwrap().contains(&format!("/test/{key}")));
        }
        assert!(next(&mut events).await.unwrap().contains("id: 3\ndata: 3\n"));
    }
}

#[tokio::test]
async fn the_stream_ends_when_the_session_does() {
    for core in testing::cores().await {
        let caller = signed_in(&core).await;
        let mut events = listen(app(&core, &caller), None).await;
        assert!(next(&mut events).await.is_some());
        identity::sign_out(&caller, &core).await.unwrap();
        assert_eq!(next(&mut events).await, None);
    }
}

#[tokio::test]
async fn a_lapsed_session_hears_nothing_more() {
    let core = testing::sqlite().await;
    let mut events = listen(app(&core, &signed_in(&core).await), None).await;
    assert!(next(&mut events).await.is_some());
    core.clock.advance(31 * 24 * 3_600_000);
    deliver(&core, "wang", "a").await;
    assert_eq!(next(&mut events).await, None);
}

#[tokio::test]
async fn streams_are_for_those_signed_in_and_few_for_each() {
    let core = testing::sqlite().await;
    let nobody = app(&core, &Caller::anonymous()).oneshot(get(None)).await.unwrap();
    assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
    let app = app(&core, &resident("wang"));
    let mut open = Vec::new();
    for _ in 0..8 {
        open.push(listen(app.clone(), None).await);
    }
    assert_eq!(app.clone().oneshot(get(None)).await.unwrap().status(), StatusCode::TOO_MANY_REQUESTS);
    open.pop();
    let _again = listen(app, None).await;
}
