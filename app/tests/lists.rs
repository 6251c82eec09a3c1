//! Lists as pages, and what they say of files that are too large.

#[path = "support/desk.rs"]
mod desk;
mod support;

use axum::body::Body;
use axum::http::{Request, header};
use desk::{ask, open};
use server::testing::START;
use server::voting::testing::{Setup, election};

#[tokio::test(flavor = "multi_thread")]
async fn a_list_keeps_what_narrows_it_and_numbers_stand_below_their_heads() {
    let (server, app) = support::app(|config| config).await;
    let (opens_at, closes_at) = (START, START + 86_400_000);
    let setup = Setup { heads: 3, candidates: 2, seats: 1, opens_at, closes_at };
    let vote = election(&server, setup).await.expect("a vote");
    let page = open(&app, "/console/voting?search=%E9%80%89%E4%B8%BE&phase=open").await;
    let row = format!("/console/voting?search=%E9%80%89%E4%B8%BE&amp;phase=open&amp;show={vote}#sheet");
    assert!(page.contains(&row), "{page}");
    assert!(page.contains("/console/voting/list.xlsx?search=%E9%80%89%E4%B8%BE&amp;phase=open"), "{page}");
    assert_eq!(page.matches(r#"<th scope="col" class="num">"#).count(), 1, "{page}");
    let today = open(&app, "/console").await;
    assert!(
        today.contains(&format!("/console/voting/{vote}")) && today.contains("/console/voting?phase=open"),
        "{today}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_a_list_that_is_too_large_hears_the_limit_of_lists() {
    let (server, app) = support::app(|config| config).await;
    let areas = "area,name,code\n3410,黄山市,3410\n3410.03,黄山区,341003\n3410.03.001,甘棠镇,\n3410.03.001.004,社区,\n";
    server::people::enter_areas(&server, areas.as_bytes()).await.expect("areas");
    let mut body = b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.xlsx\"\r\n\r\n".to_vec();
    body.resize(25 * 1024 * 1024, b'x');
    body.extend_from_slice(b"\r\n--b--\r\n");
    let request = Request::post("/console/people/imports?area=3410.03.001.004")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .body(Body::from(body))
        .expect("a request");
    let (status, page) = ask(&app, request).await;
    assert_eq!(status, 413);
    assert!(page.contains("24 MB"), "{page}");
}
