//! What gateways tell at the outsiders' address.

use super::*;
use crate::gateway::signature;
use crate::testing;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use std::sync::Arc;
use tower::ServiceExt;

const KEY: &str = "the gateway's secret";
const PATH: &str = "/notices/receipts/sms";

fn keyed(core: &Core) -> Core {
    let config = crate::config::Config { sms_key: Some(KEY.to_owned()), ..(*core.config).clone() };
    Core { config: Arc::new(config), ..core.clone() }
}

/// Posts a body signed for a path at a moment; the status and the answer.
async fn post(core: &Core, body: &str, (key, path, at): (&str, &str, i64)) -> (StatusCode, String) {
    let stamp = (at / 1000).to_string();
    let request = Request::post(PATH)
        .header("x-hs-timestamp", &stamp)
        .header("x-hs-signature", signature(key, &[&stamp, path, body]));
    let router = http::routes().with_state(core.clone());
    let answer = router.oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let status = answer.status();
    if status != StatusCode::NO_CONTENT {
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
    }
    (status, String::from_utf8(to_bytes(answer.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap())
}

async fn keys(core: &Core) -> Vec<String> {
    let mut conn = core.db.read().await.unwrap();
    let rows: Vec<(String,)> =
        sqlx::query_as("SELECT key FROM notices_deliveries WHERE channel = 'sms' ORDER BY person")
            .fetch_all(&mut *conn)
            .await
            .unwrap();
    rows.into_iter().map(|(key,)| key).collect()
}

fn batch(key: &str, status: &str) -> String {
    format!(r#"{{"receipts":[{{"key":"{key}","status":"{status}"}}]}}"#)
}

#[tokio::test]
async fn receipts_move_a_message_on_and_never_back() {
    for core in testing::cores().await {
        residents(&core, 3).await.unwrap();
        let core = keyed(&core);
        let notice = sent(&core, form(&[Channel::Sms])).await;
        let keys = keys(&core).await;
        let now = core.clock.now();
        for (key, status) in
            [(0, "delivered"), (0, "delivered"), (1, "read"), (1, "delivered"), (1, "failed"), (2, "failed")]
        {
            let (status, _) = post(&core, &batch(&keys[key], status), (KEY, PATH, now)).await;
            assert_eq!(status, StatusCode::NO_CONTENT);
        }
        for status in [Delivery::Delivered, Delivery::Read, Delivery::Failed] {
            assert_eq!(count(&core, &notice, Channel::Sms, status).await, 1, "{status:?}");
        }
        let (unknown, _) = post(&core, &batch("nobody's", "failed"), (KEY, PATH, now)).await;
        assert_eq!(unknown, StatusCode::NO_CONTENT, "a message that is not known here is no trouble");
    }
}

#[tokio::test]
async fn who_cannot_sign_is_turned_away_with_a_problem() {
    let core = testing::sqlite().await;
    let keyed = keyed(&core);
    let now = core.clock.now();
    let body = batch("k", "delivered");
    for (key, path, at) in [
        ("another secret", PATH, now),
        (KEY, "/notices/receipts/wechat", now),
        (KEY, PATH, now - 6 * MINUTE),
        (KEY, PATH, now + 6 * MINUTE),
    ] {
        let (status, problem) = post(&keyed, &body, (key, path, at)).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert!(problem.contains(r#""title":"bad signature""#), "{problem}");
    }
    assert_eq!(post(&core, &body, (KEY, PATH, now)).await.0, StatusCode::NOT_FOUND, "no gateway is set up");
    assert_eq!(post(&keyed, "{}", (KEY, PATH, now)).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let many = format!(r#"{{"receipts":[{}]}}"#, vec![r#"{"key":"k","status":"read"}"#; 501].join(","));
    assert_eq!(post(&keyed, &many, (KEY, PATH, now)).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}
