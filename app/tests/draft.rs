//! The form of a new vote: what Enter presses, and a photo that is taken away again.

#[path = "support/desk.rs"]
mod desk;
mod support;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use desk::{ask, open};

const PATH: &str = "/console/voting/new";
/// A stored picture's name, as the store gives them.
const PHOTO: &str = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4.jpg";

async fn post(app: &Router, fields: &[(&str, &str)]) -> (u16, String) {
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    body.push_str("--b--\r\n");
    let request = Request::post(PATH).header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
    ask(app, request.body(Body::from(body)).expect("a request")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn enter_saves_and_adds_no_rows() {
    let (_server, app) = support::app(|config| config).await;
    let page = open(&app, PATH).await;
    let form = page.split("<form").find(|form| form.contains(&format!("action=\"{PATH}\""))).expect("the form");
    // HTML: Enter in a field presses the form's first button that sends it.
    let first = form.split("<button").nth(1).and_then(|rest| rest.split('>').next()).expect("a button");
    assert!(!first.contains("name="), "{first}");
    assert!(form.contains("name=\"rows\""), "the button that adds rows comes later");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_taken_away_and_the_rest_stays() {
    let (_server, app) = support::app(|config| config).await;
    let row = [("title", "选举业主代表"), ("candidate_name", "程建国"), ("candidate_statement", "")];
    let sent = |last: (&'static str, &'static str)| [&row[..], &[("candidate_photo", PHOTO), last]].concat();
    let (status, kept) = post(&app, &sent(("rows", "4"))).await;
    assert_eq!(status, 200, "{kept}");
    assert!(kept.contains("name=\"remove_photo\"") && kept.contains(PHOTO));
    let (status, removed) = post(&app, &sent(("remove_photo", "0"))).await;
    assert_eq!(status, 200, "nothing is stored yet: {removed}");
    assert!(!removed.contains("name=\"remove_photo\"") && !removed.contains(PHOTO));
    assert!(removed.contains("程建国") && removed.contains("选举业主代表"));
}
