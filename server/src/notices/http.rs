//! `POST /notices/receipts/{channel}`: where gateways tell what became of messages.

use super::receipts;
use crate::core::Core;
use crate::gateway;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use contract::notices::{Channel, ReceiptBatch};
use serde::Serialize;

/// The largest batch, in bytes.
const BODY: usize = 128 * 1024;

/// The room's address for outsiders: programs, without sessions and pages around them.
pub fn routes() -> Router<Core> {
    Router::new().route("/notices/receipts/{channel}", post(receive)).layer(DefaultBodyLimit::max(BODY))
}

/// Why a batch was not taken (RFC 9457).
#[derive(Debug, Serialize)]
struct Problem {
    title: &'static str,
    status: u16,
    detail: String,
}

impl Problem {
    fn new(status: StatusCode, title: &'static str, detail: impl Into<String>) -> Self {
        Self { title, status: status.as_u16(), detail: detail.into() }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let headers = [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
        (status, headers, body).into_response()
    }
}

/// Takes `{"receipts": [{"key": …, "status": "delivered" | "read" | "failed"}, …]}`, at most 500 of them, and
/// answers 204. `X-HS-Signature` is HMAC-SHA256 under the channel's secret over `X-HS-Timestamp` (epoch
/// seconds, at most five minutes off), the path and the body, joined by newlines; in hexadecimal. A batch
/// played again changes nothing.
async fn receive(
    State(core): State<Core>,
    Path(channel): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Result<StatusCode, Problem> {
    let (channel, key) = key_of(&core, &channel)
        .ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "unknown channel", "no gateway of this name is set up"))?;
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let path = format!("/notices/receipts/{}", channel.code());
    let now = core.clock.now();
    if !gateway::holds(key, header("x-hs-timestamp"), &path, &body, header("x-hs-signature"), now) {
        let detail = "the signature does not hold for this time, path and body";
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "bad signature", detail));
    }
    let batch: ReceiptBatch = serde_json::from_str(&body)
        .map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad receipts", error.to_string()))?;
    if batch.receipts.len() > ReceiptBatch::MOST {
        let detail = format!("at most {} receipts at a time", ReceiptBatch::MOST);
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too many receipts", detail));
    }
    receipts::receive(&core, channel, batch).await.map(|_| StatusCode::NO_CONTENT).map_err(|error| {
        let error = error.public();
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Problem::new(status, "not taken", error.to_string())
    })
}

/// The channel of a name and the secret of its gateway, if one is set up.
fn key_of<'a>(core: &'a Core, name: &str) -> Option<(Channel, &'a str)> {
    let channel = Channel::from_code(name)?;
    let key = match channel {
        Channel::App => None,
        Channel::Sms => core.config.sms_key.as_deref(),
        Channel::Wechat => core.config.wechat_key.as_deref(),
    };
    key.map(|key| (channel, key))
}
