//! Programs of others that we call and that call us: JSON over HTTP, signed with a shared secret.
//!
//! A signature is HMAC-SHA256 under the secret over its parts joined by newlines, in hexadecimal: the
//! timestamp (epoch seconds) and the body of what we send; the timestamp, the path and the body of what
//! is sent to us, so that neither can be played back as the other.

use crate::clock::Clock;
use crate::error::{Error, Result};
use contract::Millis;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::StatusCode;
use reqwest::header::RETRY_AFTER;
use serde::Serialize;
use sha2::Sha256;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long a gateway may take to answer.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// How far a signature's moment may lie from ours, in milliseconds: five minutes.
const WINDOW: Millis = 300_000;

/// A program that takes signed requests.
pub struct Gateway {
    client: reqwest::Client,
    name: &'static str,
    url: String,
    key: Zeroizing<String>,
    clock: Clock,
}

/// What a gateway answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It took the request, now or when it was sent before.
    Accepted,
    /// It will not take this request, however often it is sent.
    Refused(StatusCode),
    /// It may take it later; after so many milliseconds, where it says.
    Later(Option<Millis>),
}

impl Gateway {
    /// The gateway at `url`; `name` is for the log.
    ///
    /// # Errors
    /// No TLS in this program's surroundings.
    pub fn new(name: &'static str, url: &str, key: &str, clock: Clock) -> Result<Self> {
        let client = reqwest::Client::builder().timeout(PATIENCE).build().map_err(Error::internal)?;
        Ok(Self { client, name, url: url.to_owned(), key: Zeroizing::new(key.to_owned()), clock })
    }

    /// Posts `message` with `X-HS-Timestamp` and `X-HS-Signature`, and with `Idempotency-Key` where a request
    /// sent again must not count twice. No answer at all is [`Answer::Later`].
    ///
    /// # Errors
    /// The message is no JSON.
    pub async fn post(&self, message: &impl Serialize, idempotency_key: Option<&str>) -> Result<Answer> {
        let body = serde_json::to_string(message).map_err(Error::internal)?;
        let timestamp = (self.clock.now() / 1000).to_string();
        let mut request = self
            .client
            .post(&self.url)
            .header("content-type", "application/json")
            .header("x-hs-signature", signature(&self.key, &[&timestamp, &body]))
            .header("x-hs-timestamp", timestamp);
        if let Some(key) = idempotency_key {
            request = request.header("idempotency-key", key);
        }
        Ok(match request.body(body).send().await {
            Ok(answer) => read(&answer),
            Err(error) => {
                // The URL may carry an account's name: errors go to the log without it.
                tracing::debug!(gateway = self.name, error = %error.without_url(), "no answer");
                Answer::Later(None)
            }
        })
    }
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// What a status means: a fault of the request is for good, haste and outages pass.
fn read(answer: &reqwest::Response) -> Answer {
    match answer.status() {
        status if status.is_success() => Answer::Accepted,
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            let seconds =
                answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse::<Millis>().ok());
            Answer::Later(seconds.map(|seconds| seconds.clamp(0, 3_600) * 1_000))
        }
        status if status.is_client_error() => Answer::Refused(status),
        _ => Answer::Later(None),
    }
}

/// The signature of `parts` under a shared secret.
pub fn signature(key: &str, parts: &[&str]) -> String {
    hex::encode(mac(key, parts).finalize().into_bytes())
}

/// Is `signature` the one of `timestamp`, `path` and `body`, and of these minutes? Compared in constant time.
pub fn holds(key: &str, timestamp: &str, path: &str, body: &str, signature: &str, now: Millis) -> bool {
    let Ok(seconds) = timestamp.parse::<Millis>() else { return false };
    let near = seconds.checked_mul(1_000).is_some_and(|at| (now - at).abs() <= WINDOW);
    let Ok(signature) = hex::decode(signature) else { return false };
    near && mac(key, &[timestamp, path, body]).verify_slice(&signature).is_ok()
}

fn mac(key: &str, parts: &[&str]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(parts.join("\n").as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::START;
    use axum::http::HeaderMap;
    use axum::response::IntoResponse;

    /// A gateway that takes what is signed with `secret`, and is busy for the key `busy`.
    async fn taker(headers: HeaderMap, body: String) -> axum::response::Response {
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let right = header("x-hs-signature") == signature("secret", &["1787965200", &body]);
        let same = body == r#"{"phone":"13800138000"}"# && header("x-hs-timestamp") == "1787965200";
        match (right && same, header("idempotency-key")) {
            (true, "busy") => (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "7")]).into_response(),
            (true, _) => StatusCode::NO_CONTENT.into_response(),
            (false, _) => StatusCode::FORBIDDEN.into_response(),
        }
    }

    #[tokio::test]
    async fn a_signed_request_is_taken_and_another_key_is_not() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let app = axum::Router::new().route("/", axum::routing::post(taker));
        tokio::spawn(async move { axum::serve(listener, app).await });
        let clock = Clock::fixed(START);
        let message = serde_json::json!({ "phone": "13800138000" });
        let gateway = |key| Gateway::new("test", &url, key, clock.clone()).unwrap();
        assert_eq!(gateway("secret").post(&message, None).await.unwrap(), Answer::Accepted);
        assert_eq!(gateway("secret").post(&message, Some("busy")).await.unwrap(), Answer::Later(Some(7_000)));
        assert_eq!(gateway("other").post(&message, None).await.unwrap(), Answer::Refused(StatusCode::FORBIDDEN));
        let nobody = Gateway::new("test", "http://127.0.0.1:1/", "secret", clock).unwrap();
        assert_eq!(nobody.post(&message, None).await.unwrap(), Answer::Later(None));
    }

    #[test]
    fn a_signature_holds_for_its_path_body_and_minutes() {
        let now = START;
        let stamp = (now / 1000).to_string();
        let signed = signature("k", &[&stamp, "/receipts", "{}"]);
        assert!(holds("k", &stamp, "/receipts", "{}", &signed, now + WINDOW));
        assert!(!holds("k", &stamp, "/receipts", "{}", &signed, now + WINDOW + 1));
        assert!(!holds("k", &stamp, "/receipts", "{ }", &signed, now));
        assert!(!holds("k", &stamp, "/other", "{}", &signed, now));
        assert!(!holds("j", &stamp, "/receipts", "{}", &signed, now));
        assert!(!holds("k", "soon", "/receipts", "{}", &signed, now));
        assert!(!holds("k", &stamp, "/receipts", "{}", &signature("k", &[&stamp, "{}"]), now), "one of ours");
    }
}
