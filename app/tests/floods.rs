//! Floods of forms are slowed before anything is read of them.

mod support;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use contract::identity::cookie;
use contract::ids::AccountId;
use server::config::Config;
use server::identity::Caller;
use server::identity::http::ClientIp;
use server::testing::Fresh;
use std::net::IpAddr;
use std::num::NonZeroU32;
use tower::ServiceExt;

const A: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
const B: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

/// Forms that anybody may post.
const FORMS: [&str; 3] = ["/sign-in", "/sign-in/code", "/me/settings"];

struct Answer {
    status: u16,
    retry_after: Option<u32>,
    text: String,
}

async fn send(app: &Router, method: &str, path: &str, caller: Caller, from: IpAddr) -> Answer {
    let request = Request::builder().method(method).uri(path).header(header::COOKIE, format!("{}=en", cookie::LOCALE));
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let mut request = request.body(Body::empty()).expect("a request");
    request.extensions_mut().insert(caller);
    request.extensions_mut().insert(ClientIp(from));
    let answer = app.clone().oneshot(request).await.expect("an answer");
    let status = answer.status().as_u16();
    let retry_after = answer.headers().get(header::RETRY_AFTER).and_then(|wait| wait.to_str().ok()?.parse().ok());
    let body = to_bytes(answer.into_body(), usize::MAX).await.expect("a page");
    Answer { status, retry_after, text: String::from_utf8_lossy(&body).into_owned() }
}

/// Three forms a minute from an address, two from an account.
async fn app() -> (Fresh, Router) {
    let three = NonZeroU32::new(3).expect("not 0");
    let two = NonZeroU32::new(2).expect("not 0");
    support::app(|config| Config { forms_per_address: three, forms_per_account: two, ..config }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_too_many_is_told_when_to_come_back_in_the_readers_language() {
    let (_server, app) = app().await;
    for form in FORMS {
        assert_ne!(send(&app, "POST", form, Caller::anonymous(), A).await.status, 429, "{form}");
    }
    for form in FORMS {
        let answer = send(&app, "POST", form, Caller::anonymous(), A).await;
        assert_eq!(answer.status, 429, "{form}");
        assert!(answer.retry_after.is_some_and(|wait| (1..=20).contains(&wait)), "{:?}", answer.retry_after);
        assert!(answer.text.contains("Too many attempts"), "{}", answer.text);
        assert_eq!(answer.text.matches("<h1").count(), 1);
    }
    assert_ne!(send(&app, "POST", FORMS[0], Caller::anonymous(), B).await.status, 429, "another address");
    assert_eq!(send(&app, "GET", FORMS[0], Caller::anonymous(), A).await.status, 200, "looking is not counted");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_counted_by_itself() {
    let (_server, app) = app().await;
    let caller = |account| Caller { account: Some(AccountId::trusted(account)), ..Caller::default() };
    let settings = FORMS[2];
    for from in [A, B] {
        assert_ne!(send(&app, "POST", settings, caller("a"), from).await.status, 429);
    }
    assert_eq!(send(&app, "POST", settings, caller("a"), A).await.status, 429);
    assert_ne!(send(&app, "POST", settings, caller("b"), A).await.status, 429);
}
