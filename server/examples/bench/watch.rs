//! An open vote's turnout, watched by many over HTTP: a server of its own streams it, so that its memory is its own.

use crate::{Failure, Folder};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::sse::Event;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use contract::ids::VoteId;
use contract::voting::Turnout;
use server::Core;
use server::clock::Clock;
use server::config::Config;
use server::ids::Ids;
use server::voting::testing::{ballot, organiser, voter};
use server::voting::{self, Latest};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Instant;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// The argument of the program that streams.
pub const CHILD: &str = "--watched";
/// The vote, in its environment.
const VOTE: &str = "HS_BENCH_VOTE";
/// Workers who watch the turnout at once.
pub const WATCHERS: usize = 2_000;
/// Ballots cast while they watch.
pub const SEEN: usize = 100;

/// What many watchers cost.
pub struct Watched {
    /// Seconds from the first ballot until the last watcher has seen all of them.
    pub seconds: f64,
    /// Resident memory of the server with nobody watching, in MB (10⁶ bytes).
    pub before_mb: f64,
    /// The same after the last ballot, everybody watching.
    pub with_mb: f64,
}

#[derive(Clone)]
struct Streamed {
    core: Core,
    vote: VoteId,
}

/// The child: streams the turnout of one vote and casts its ballots. Says on the first line of stdout where it listens.
pub async fn serve(opens: i64) -> Result<(), Failure> {
    let core = Core::with(Config::from_env()?, Clock::fixed(opens), Ids::from_system()).await?;
    let vote = VoteId::trusted(std::env::var(VOTE)?);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    let router = Router::new().route("/turnout", get(turnout)).route("/cast/{head}", post(cast));
    Ok(axum::serve(listener, router.with_state(Streamed { core, vote })).await?)
}

async fn turnout(State(Streamed { core, vote }): State<Streamed>) -> Response {
    let messages = |mut latest: Latest| {
        latest.mark_changed();
        futures::stream::unfold(latest, |mut latest| async move {
            latest.changed().await.ok()?;
            let turnout = latest.borrow_and_update().clone();
            Some((Ok::<_, Infallible>(Event::default().data(&*turnout)), latest))
        })
    };
    match voting::watch_turnout(&organiser(), &core, &vote).await {
        Ok(latest) => server::sse::respond(&core, messages(latest)),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn cast(State(Streamed { core, vote }): State<Streamed>, Path(head): Path<usize>) -> StatusCode {
    match voting::cast(&voter(head), &core, ballot(&vote, head, &[1, 2])).await {
        Ok(_) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Lets the watchers in, casts the first ballots and waits until all have seen them.
pub async fn measure(folder: &Folder, vote: &VoteId) -> Result<Watched, Failure> {
    let (child, address) = start(folder, vote).await?;
    let memory = || crate::site::memory_mb(child.id().ok_or("the server is gone")?);
    let before_mb = memory()?;
    let client = reqwest::Client::new();
    let mut watchers = Vec::with_capacity(WATCHERS);
    for _ in 0..WATCHERS {
        let stream = client.get(format!("http://{address}/turnout")).send().await?.error_for_status()?;
        watchers.push(tokio::spawn(see_all(stream)));
    }
    let began = Instant::now();
    for head in 0..SEEN {
        client.post(format!("http://{address}/cast/{head}")).send().await?.error_for_status()?;
    }
    let mut streams = Vec::with_capacity(WATCHERS);
    for watcher in watchers {
        streams.push(watcher.await??);
    }
    let seconds = began.elapsed().as_secs_f64();
    Ok(Watched { seconds, before_mb, with_mb: memory()? })
}

/// Reads a stream until the last ballot is in it; the stream stays open.
async fn see_all(mut stream: reqwest::Response) -> Result<reqwest::Response, Failure> {
    let mut text = String::new();
    loop {
        let part = stream.chunk().await?.ok_or("the stream ended before the last ballot")?;
        text.push_str(std::str::from_utf8(&part)?);
        while let Some(end) = text.find("\n\n") {
            let event: String = text.drain(..end + 2).collect();
            let Some(turnout) = event.trim().strip_prefix("data: ") else { continue };
            if serde_json::from_str::<Turnout>(turnout)?.voted >= SEEN as i64 {
                return Ok(stream);
            }
        }
    }
}

async fn start(folder: &Folder, vote: &VoteId) -> Result<(Child, SocketAddr), Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(CHILD).env(VOTE, vote.as_str()).env("DATABASE_URL", folder.url()).env("HS_DATA", &folder.0);
    command.env("HS_DEMO", "1").env("HS_LOG", "error").stdout(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or("no stdout")?).read_line(&mut line).await?;
    Ok((child, line.trim().parse().map_err(|_| format!("the server did not start: {line:?}"))?))
}
