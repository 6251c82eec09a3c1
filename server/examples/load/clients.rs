//! The clients: each casts one head's ballot after the other and tries again until it is acknowledged.

use crate::Failure;
use contract::ids::VoteId;
use contract::voting::{CastBallot, Receipt};
use reqwest::{Client, StatusCode};
use server::voting::testing;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;

/// Candidates on the paper.
pub const CANDIDATES: usize = 5;
/// A second ballot with another key is tried for one head in this many; it must be refused.
const SECOND_PHONE: usize = 10;
/// Owners come in no order: the clients walk through the roll in steps of this prime.
const STEP: usize = 1_000_003;
/// Pause before a ballot is sent again: the server may be starting anew.
const PAUSE: Duration = Duration::from_millis(20);

/// What all clients share.
pub struct Shared {
    pub vote: VoteId,
    pub heads: usize,
    pub servers: watch::Receiver<Vec<SocketAddr>>,
    /// How many heads have been taken up.
    pub next: AtomicUsize,
    /// Receipt code per head, once acknowledged.
    pub acknowledged: Mutex<HashMap<usize, String>>,
    /// Ballots sent again after a lost answer.
    pub again: AtomicUsize,
    /// Second ballots refused.
    pub refused: AtomicUsize,
}

impl Shared {
    /// Ballots acknowledged so far.
    pub fn done(&self) -> usize {
        self.acknowledged.lock().map_or(0, |acknowledged| acknowledged.len())
    }
}

/// The n-th head's choice.
pub fn choice(head: usize) -> u32 {
    u32::try_from(head % CANDIDATES).unwrap_or_default() + 1
}

/// Casts until no head is left.
pub async fn run(shared: Arc<Shared>, number: usize) -> Result<(), Failure> {
    let client = Client::builder().timeout(Duration::from_secs(20)).no_proxy().build()?;
    loop {
        let turn = shared.next.fetch_add(1, Ordering::Relaxed);
        if turn >= shared.heads {
            return Ok(());
        }
        let head = turn * STEP % shared.heads;
        let ballot = testing::ballot(&shared.vote, head, &[choice(head)]);
        let receipt = until_acknowledged(&shared, &client, head, &ballot, number).await?;
        if head.is_multiple_of(SECOND_PHONE) {
            second_phone(&shared, &client, head, &ballot, number).await?;
        }
        shared.acknowledged.lock().map_err(|_| "poisoned")?.insert(head, receipt.code);
    }
}

/// Sends until a server answers with a receipt. A lost answer is no refusal: the key is the same.
async fn until_acknowledged(
    shared: &Shared,
    client: &Client,
    head: usize,
    ballot: &CastBallot,
    mut turn: usize,
) -> Result<Receipt, Failure> {
    loop {
        if let Some((status, body)) = send(shared, client, head, ballot, turn).await {
            match status {
                StatusCode::OK => return Ok(serde_json::from_str(&body)?),
                StatusCode::SERVICE_UNAVAILABLE | StatusCode::INTERNAL_SERVER_ERROR => {}
                other => return Err(format!("head {head}: {other} {body}").into()),
            }
        }
        shared.again.fetch_add(1, Ordering::Relaxed);
        turn += 1;
        tokio::time::sleep(PAUSE).await;
    }
}

/// The same head with another key: whenever a server answers, it must refuse.
async fn second_phone(
    shared: &Shared,
    client: &Client,
    head: usize,
    ballot: &CastBallot,
    turn: usize,
) -> Result<(), Failure> {
    let other = CastBallot { key: format!("{:032x}", u128::MAX - head as u128), ..ballot.clone() };
    if let Some((status, body)) = send(shared, client, head, &other, turn).await {
        match status {
            StatusCode::OK => return Err(format!("head {head} has voted twice").into()),
            StatusCode::CONFLICT if body.contains("already_voted") => shared.refused.fetch_add(1, Ordering::Relaxed),
            _ => 0,
        };
    }
    Ok(())
}

/// One try at one server; none when no answer came.
async fn send(
    shared: &Shared,
    client: &Client,
    head: usize,
    ballot: &CastBallot,
    turn: usize,
) -> Option<(StatusCode, String)> {
    let address = {
        let servers = shared.servers.borrow();
        *servers.get(turn % servers.len().max(1))?
    };
    let answer = client.post(format!("http://{address}/cast/{head}")).json(ballot).send().await.ok()?;
    let status = answer.status();
    Some((status, answer.text().await.ok()?))
}
