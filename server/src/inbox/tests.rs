use super::*;
use crate::testing;
use axum::body::Body;
use axum::extract::Extension;
use axum::http::{Request, StatusCode};
use contract::ids::AccountId;
use futures::StreamExt;
use std::time::Duration;
use tower::ServiceExt;

fn resident(name: &str) -> Caller {
    Caller { account: Some(AccountId::trusted(name)), person: Some(PersonId::trusted(name)), ..Caller::default() }
}

async fn deliver(core: &Core, to: &str, key: &str) -> bool {
    let note = NewNote {
        kind: "test.note".to_owned(),
        params: [("key".to_owned(), key.to_owned())].into(),
        link: format!("/test/{key}"),
        unique_key: key.to_owned(),
    };
    let sent = core.db.write((PersonId::trusted(to), note), |tx, (person, note)| Box::pin(send(tx, person, note)));
    sent.await.unwrap()
}

fn keys(notes: &[contract::inbox::Note]) -> Vec<&str> {
    notes.iter().map(|note| note.params["key"].as_str()).collect()
}

#[tokio::test]
async fn the_same_message_is_never_sent_twice() {
    for core in testing::cores().await {
        let sent = futures::future::join_all((0..40).map(|i| {
            let core = core.clone();
            async move { deliver(&core, "wang", &format!("k{}", i % 4)).await }
        }));
        assert_eq!(sent.await.into_iter().filter(|sent| *sent).count(), 4);
        assert!(deliver(&core, "li", "k1").await, "a key is unique for its reader, not for all");
        assert_eq!(list(&resident("wang"), &core, PageRequest::default()).await.unwrap().unread, 4);
    }
}

#[tokio::test]
async fn pages_run_from_the_newest_to_the_oldest() {
    for core in testing::cores().await {
        for key in ["a", "b", "c"] {
            deliver(&core, "wang", key).await;
        }
        let page = |after| PageRequest { after, size: Some(2) };
        let first = list(&resident("wang"), &core, page(None)).await.unwrap().notes;
        assert_eq!(keys(&first.rows), ["c", "b"]);
        let second = list(&resident("wang"), &core, page(first.next)).await.unwrap().notes;
        assert_eq!((keys(&second.rows), second.next), (vec!["a"], None));
    }
}

#[tokio::test]
async fn a_message_opens_for_its_reader_only() {
    for core in testing::cores().await {
        deliver(&core, "wang", "a").await;
        deliver(&core, "wang", "b").await;
        let inbox = list(&resident("wang"), &core, PageRequest::default()).await.unwrap();
        let input = OpenNote { note: inbox.notes.rows[0].id.clone() };
        let stranger = open(&resident("li"), &core, input.clone()).await;
        assert_eq!(stranger.unwrap_err().public(), contract::Error::NotFound);
        for _ in 0..2 {
            assert_eq!(open(&resident("wang"), &core, input.clone()).await.unwrap(), "/test/b");
            assert_eq!(unread(&resident("wang"), &core).await.unwrap(), 1);
        }
        read_all(&resident("wang"), &core).await.unwrap();
        assert_eq!(unread(&resident("wang"), &core).await.unwrap(), 0);
        assert_eq!(unread(&Caller::anonymous(), &core).await.unwrap(), 0);
    }
}

/// The events of a stream as text, up to `count` of them.
async fn hear(core: &Core, last_id: Option<&str>, count: usize, meanwhile: impl Future<Output = ()>) -> Vec<String> {
    let app = http::routes(core).layer(Extension(resident("wang")));
    let mut request = Request::get("/inbox/stream");
    if let Some(id) = last_id {
        request = request.header("last-event-id", id);
    }
    let response = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let mut body = response.into_body().into_data_stream();
    let mut heard = Vec::new();
    let mut event = async || {
        let frame = tokio::time::timeout(Duration::from_secs(5), body.next()).await.expect("an event in time");
        heard.push(String::from_utf8(frame.unwrap().unwrap().to_vec()).unwrap());
    };
    event().await;
    meanwhile.await;
    for _ in 1..count {
        event().await;
    }
    heard
}

#[tokio::test]
async fn the_stream_tells_the_count_at_once_and_then_what_is_new() {
    for core in testing::cores().await {
        deliver(&core, "wang", "a").await;
        let heard = hear(&core, None, 2, async {
            deliver(&core, "li", "other").await;
            deliver(&core, "wang", "b").await;
        });
        let heard = heard.await;
        assert!(heard[0].contains(r#"{"unread":1,"notes":[]}"#) && heard[0].contains("id: 1"), "{}", heard[0]);
        assert!(heard[1].contains(r#""unread":2"#) && heard[1].contains("id: 2"), "{}", heard[1]);
        assert!(heard[1].contains(r#""link":"/test/b""#) && !heard[1].contains("/test/a"), "{}", heard[1]);
    }
}

#[tokio::test]
async fn a_stream_taken_up_again_tells_what_was_missed() {
    for core in testing::cores().await {
        for key in ["a", "b", "c"] {
            deliver(&core, "wang", key).await;
        }
        let heard = hear(&core, Some("1"), 1, async {}).await;
        let (b, c) = (heard[0].find("/test/b").unwrap(), heard[0].find("/test/c").unwrap());
        assert!(b < c && !heard[0].contains("/test/a") && heard[0].contains("id: 3"), "{}", heard[0]);
    }
}

#[tokio::test]
async fn streams_are_for_those_signed_in_and_few_for_each() {
    let core = testing::sqlite().await;
    let get = || Request::get("/inbox/stream").body(Body::empty()).unwrap();
    let nobody = http::routes(&core).layer(Extension(Caller::anonymous()));
    assert_eq!(nobody.oneshot(get()).await.unwrap().status(), StatusCode::UNAUTHORIZED);
    let app = http::routes(&core).layer(Extension(resident("wang")));
    let mut open = Vec::new();
    for _ in 0..8 {
        open.push(app.clone().oneshot(get()).await.unwrap());
    }
    assert!(open.iter().all(|response| response.status() == StatusCode::OK));
    assert_eq!(app.clone().oneshot(get()).await.unwrap().status(), StatusCode::TOO_MANY_REQUESTS);
    open.pop();
    assert_eq!(app.oneshot(get()).await.unwrap().status(), StatusCode::OK);
}
