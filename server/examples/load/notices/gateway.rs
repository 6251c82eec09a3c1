//! A gateway as they are: it times out, fails, answers late, and takes messages without saying so.

use crate::Failure;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::post};
use server::gateway::{PATIENCE, signature};
use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Longer than any of our senders waits.
const TOO_LATE: Duration = PATIENCE.saturating_add(Duration::from_millis(500));

/// What the gateway has taken.
#[derive(Clone, Default)]
pub struct Taken(Arc<Inner>);

#[derive(Default)]
struct Inner {
    /// By path and recipient: the keys of what was taken for them.
    messages: Mutex<HashMap<(String, String), Vec<String>>>,
    /// By key, attempts.
    attempts: Mutex<BTreeMap<String, u32>>,
    count: AtomicUsize,
}

impl Taken {
    /// Messages taken so far.
    pub fn count(&self) -> usize {
        self.0.count.load(Ordering::Relaxed)
    }

    /// Requests in all.
    pub fn asked(&self) -> u32 {
        self.0.attempts.lock().map_or(0, |attempts| attempts.values().sum())
    }

    /// So many recipients at a path have one message each.
    pub fn each_once(&self, path: &str, count: usize) -> Result<(), Failure> {
        let messages = self.0.messages.lock().map_err(|_| "poisoned")?;
        let here: Vec<_> = messages.iter().filter(|((at, _), _)| at == path).collect();
        let twice = here.iter().find(|(_, keys)| keys.len() != 1);
        if let Some(((_, recipient), keys)) = twice {
            return Err(format!("{path}: {recipient} was told {} times", keys.len()).into());
        }
        if here.len() == count { Ok(()) } else { Err(format!("{path}: {} were told, not {count}", here.len()).into()) }
    }

    /// Takes a message unless it has it already.
    fn take(&self, path: &str, recipient: &str, key: &str) {
        if let Ok(mut messages) = self.0.messages.lock() {
            let keys = messages.entry((path.to_owned(), recipient.to_owned())).or_default();
            if !keys.iter().any(|known| known == key) {
                keys.push(key.to_owned());
                self.0.count.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Which attempt at a key this is, from 1.
    fn attempt(&self, key: &str) -> u32 {
        let Ok(mut attempts) = self.0.attempts.lock() else { return 1 };
        let attempt = attempts.entry(key.to_owned()).or_default();
        *attempt += 1;
        *attempt
    }
}

/// Serves on a free port of 127.0.0.1.
pub async fn start() -> Result<(Taken, SocketAddr), Failure> {
    let taken = Taken::default();
    let router = Router::new().route("/{channel}", post(receive)).with_state(taken.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok((taken, address))
}

async fn receive(State(taken): State<Taken>, uri: Uri, headers: HeaderMap, body: String) -> Response {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let key = header("idempotency-key").to_owned();
    if header("x-hs-signature") != signature(super::KEY, &[header("x-hs-timestamp"), &body]) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let message: serde_json::Value = serde_json::from_str(&body).unwrap_or_default();
    let Some(recipient) = message["phone"].as_str().or(message["to"].as_str()) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    // The first attempt's fate hangs on the key; a later one passes.
    let fate = key.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 1_000;
    match (taken.attempt(&key), fate) {
        (1, 0..2) => {
            tokio::time::sleep(TOO_LATE).await;
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        (1, 2..4) => {
            taken.take(uri.path(), recipient, &key);
            tokio::time::sleep(TOO_LATE).await;
            StatusCode::NO_CONTENT.into_response()
        }
        (1, 4..20) => StatusCode::BAD_GATEWAY.into_response(),
        (1, 20..30) => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "1")]).into_response(),
        (1, 30..40) => {
            taken.take(uri.path(), recipient, &key);
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        _ => {
            taken.take(uri.path(), recipient, &key);
            StatusCode::NO_CONTENT.into_response()
        }
    }
}
