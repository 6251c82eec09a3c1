//! The way to a phone: an SMS gateway that speaks HTTP, or the demo's, which shows the code instead.

use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Error, Result};
use futures::future::BoxFuture;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// What became of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The gateway took it.
    Sent,
    /// A demo: the page shows it.
    Shown,
}

/// Brings one-time codes to phones.
pub trait SmsGateway: Send + Sync + std::fmt::Debug {
    /// Sends a code to a mainland mobile number.
    ///
    /// # Errors
    /// The gateway did not take it.
    fn send<'a>(&'a self, phone: &'a str, code: &'a str) -> BoxFuture<'a, Result<Delivery>>;
}

/// The gateway that the configuration asks for.
///
/// # Errors
/// `HS_SMS_URL` without `HS_SMS_KEY`: nobody could tell our requests from a stranger's.
pub fn open(config: &Config, clock: &Clock) -> Result<Arc<dyn SmsGateway>> {
    if config.demo {
        return Ok(Arc::new(Shown));
    }
    match (&config.sms_url, &config.sms_key) {
        (Some(url), Some(key)) => Ok(Arc::new(Http::new(url, key, clock.clone())?)),
        (Some(_), None) => Err(Error::internal("HS_SMS_URL needs HS_SMS_KEY")),
        (None, _) => Ok(Arc::new(Missing)),
    }
}

/// The demo's.
#[derive(Debug)]
struct Shown;

impl SmsGateway for Shown {
    fn send<'a>(&'a self, _phone: &'a str, _code: &'a str) -> BoxFuture<'a, Result<Delivery>> {
        Box::pin(async { Ok(Delivery::Shown) })
    }
}

/// None is configured: programs that send nothing (`hs migrate`) run, signing in does not.
#[derive(Debug)]
struct Missing;

impl SmsGateway for Missing {
    fn send<'a>(&'a self, _phone: &'a str, _code: &'a str) -> BoxFuture<'a, Result<Delivery>> {
        Box::pin(async { Err(Error::internal("no SMS gateway: set HS_SMS_URL and HS_SMS_KEY")) })
    }
}

/// `POST {"phone": …, "code": …}` with `X-HS-Timestamp` (epoch seconds) and `X-HS-Signature`:
/// HMAC-SHA256 under the shared secret over `timestamp`, a newline and the body, in hexadecimal.
struct Http {
    client: reqwest::Client,
    url: String,
    key: Zeroizing<String>,
    clock: Clock,
}

#[derive(Serialize)]
struct Message<'a> {
    phone: &'a str,
    code: &'a str,
}

impl Http {
    fn new(url: &str, key: &str, clock: Clock) -> Result<Self> {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).build().map_err(Error::internal)?;
        Ok(Self { client, url: url.to_owned(), key: Zeroizing::new(key.to_owned()), clock })
    }

    async fn post(&self, message: Message<'_>) -> Result<Delivery> {
        let body = serde_json::to_string(&message).map_err(Error::internal)?;
        let timestamp = (self.clock.now() / 1000).to_string();
        let request = self
            .client
            .post(&self.url)
            .header("content-type", "application/json")
            .header("x-hs-signature", signature(&self.key, &timestamp, &body))
            .header("x-hs-timestamp", timestamp)
            .body(body);
        // The URL may carry an account's name: errors go to the log without it.
        let answer = request.send().await.map_err(|e| Error::internal(format!("SMS gateway: {}", e.without_url())))?;
        match answer.status() {
            status if status.is_success() => Ok(Delivery::Sent),
            status => Err(Error::internal(format!("SMS gateway answered {status}"))),
        }
    }
}

impl SmsGateway for Http {
    fn send<'a>(&'a self, phone: &'a str, code: &'a str) -> BoxFuture<'a, Result<Delivery>> {
        Box::pin(self.post(Message { phone, code }))
    }
}

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Http")
    }
}

fn signature(key: &str, timestamp: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(timestamp.as_bytes());
    mac.update(b"\n");
    mac.update(body.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderMap, StatusCode};

    /// A gateway that takes what is signed with `secret`.
    async fn gateway(headers: HeaderMap, body: String) -> StatusCode {
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let right = header("x-hs-signature") == signature("secret", "1787965200", &body);
        let same = body == r#"{"phone":"13800138000","code":"123456"}"# && header("x-hs-timestamp") == "1787965200";
        if right && same { StatusCode::NO_CONTENT } else { StatusCode::FORBIDDEN }
    }

    #[tokio::test]
    async fn a_signed_request_is_taken_and_another_key_is_not() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/sms", listener.local_addr().unwrap());
        let app = axum::Router::new().route("/sms", axum::routing::post(gateway));
        tokio::spawn(async move { axum::serve(listener, app).await });
        let clock = Clock::fixed(crate::testing::START);
        let right = Http::new(&url, "secret", clock.clone()).unwrap();
        assert_eq!(right.send("13800138000", "123456").await.unwrap(), Delivery::Sent);
        assert!(Http::new(&url, "other", clock).unwrap().send("13800138000", "123456").await.is_err());
    }
}
