//! The way to a phone: an SMS gateway that speaks HTTP, or the demo's, which shows the code instead.

use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::gateway::{Answer, Gateway};
use futures::future::BoxFuture;
use serde::Serialize;
use std::sync::Arc;

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
        (Some(url), Some(key)) => Ok(Arc::new(Http(Gateway::new("SMS", url, key, clock.clone())?))),
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

/// `POST {"phone": …, "code": …}`, signed as [`crate::gateway`] says.
#[derive(Debug)]
struct Http(Gateway);

#[derive(Serialize)]
struct Message<'a> {
    phone: &'a str,
    code: &'a str,
}

impl SmsGateway for Http {
    fn send<'a>(&'a self, phone: &'a str, code: &'a str) -> BoxFuture<'a, Result<Delivery>> {
        Box::pin(async move {
            match self.0.post(&Message { phone, code }, None).await? {
                Answer::Accepted => Ok(Delivery::Sent),
                Answer::Refused(status) => Err(Error::internal(format!("SMS gateway answered {status}"))),
                Answer::Later(_) => Err(Error::internal("SMS gateway does not answer")),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::StatusCode;

    async fn gateway(body: String) -> StatusCode {
        let same = body == r#"{"phone":"13800138000","code":"123456"}"#;
        if same { StatusCode::NO_CONTENT } else { StatusCode::FORBIDDEN }
    }

    #[tokio::test]
    async fn a_code_is_taken_or_told_as_not_sent() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/sms", listener.local_addr().unwrap());
        let app = axum::Router::new().route("/sms", axum::routing::post(gateway));
        tokio::spawn(async move { axum::serve(listener, app).await });
        let http = Http(Gateway::new("SMS", &url, "secret", Clock::fixed(crate::testing::START)).unwrap());
        assert_eq!(http.send("13800138000", "123456").await.unwrap(), Delivery::Sent);
        assert!(http.send("13800138000", "654321").await.is_err());
    }
}
