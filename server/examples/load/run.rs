//! One stage: set up, cast under fire, check.

use crate::Failure;
use crate::check;
use crate::clients::{self, CANDIDATES, Shared};
use contract::ids::VoteId;
use server::config::Config;
use server::voting::testing::{Setup, election};
use server::{Core, testing};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;

/// How long the poll stays open: longer than any stage may take.
const OPEN_MS: i64 = 3_600_000;

/// How much is done in each stage.
pub struct Plan {
    pub heads: usize,
    pub clients: usize,
    pub kills: usize,
}

/// Where it is done.
pub struct Stage {
    pub title: &'static str,
    /// A PostgreSQL cluster, or SQLite in a temporary folder.
    pub cluster: Option<String>,
    pub servers: usize,
}

/// What a process needs to find database and keys.
pub struct Place {
    pub url: String,
    pub folder: PathBuf,
}

impl Place {
    /// An empty database and a folder beside it.
    pub async fn new(stage: &Stage) -> Result<Self, Failure> {
        let name = format!("hs-load-{}-{}", std::process::id(), stage.title.len());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder)?;
        let url = match &stage.cluster {
            Some(cluster) => testing::fresh_database(cluster).await,
            None => format!("sqlite:{}", folder.join("hs.db").display()),
        };
        Ok(Self { url, folder })
    }

    /// The settings that both sides share.
    pub fn settings(&self) -> [(&'static str, String); 3] {
        [
            ("DATABASE_URL", self.url.clone()),
            ("HS_DATA", self.folder.display().to_string()),
            ("HS_DEMO", "1".to_owned()),
        ]
    }

    /// The configuration of this process.
    pub fn config(&self) -> Result<Config, Failure> {
        let settings = self.settings();
        let of = |name: &str| settings.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        Ok(Config::read(of)?)
    }
}

/// Runs a stage from an empty database to the verified count.
pub async fn stage(plan: &Plan, stage: &Stage) -> Result<(), Failure> {
    let place = Place::new(stage).await?;
    let (vote, closes_at) = announced(&place, plan.heads).await?;
    let (addresses, servers) = watch::channel(Vec::new());
    let mut children = Vec::new();
    for _ in 0..stage.servers {
        children.push(start(&place).await?);
    }
    addresses.send_replace(children.iter().map(|(_, address)| *address).collect());
    let shared = Arc::new(Shared {
        vote: vote.clone(),
        heads: plan.heads,
        servers,
        next: AtomicUsize::new(0),
        acknowledged: std::sync::Mutex::default(),
        again: AtomicUsize::new(0),
        refused: AtomicUsize::new(0),
    });
    let began = Instant::now();
    let clients: Vec<_> = (0..plan.clients).map(|n| tokio::spawn(clients::run(shared.clone(), n))).collect();
    kill_at_random(plan, &place, &shared, &mut children, &addresses).await?;
    for client in clients {
        client.await??;
    }
    let took = began.elapsed();
    for (mut child, _) in children {
        child.kill().await?;
    }
    println!(
        "{} ballots acknowledged in {:.1} s ({:.0}/s with the kills), sent again {}, second ballots refused {}",
        shared.done(),
        took.as_secs_f64(),
        shared.done() as f64 / took.as_secs_f64(),
        shared.again.load(Ordering::Relaxed),
        shared.refused.load(Ordering::Relaxed),
    );
    check::everything(&place, &shared, closes_at).await?;
    std::fs::remove_dir_all(&place.folder)?;
    Ok(())
}

/// An election that has just opened; its id and closing time.
async fn announced(place: &Place, heads: usize) -> Result<(VoteId, i64), Failure> {
    let core = Core::open(place.config()?).await?;
    let now = core.clock.now();
    let closes_at = now + OPEN_MS;
    let began = Instant::now();
    let vote = election(&core, Setup { heads, candidates: CANDIDATES, seats: 2, opens_at: now, closes_at }).await?;
    println!("announced with {heads} heads in {:.2} s", began.elapsed().as_secs_f64());
    core.db.close().await;
    Ok((vote, closes_at))
}

/// Starts a server and waits until it says where it listens.
async fn start(place: &Place) -> Result<(Child, SocketAddr), Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--child").envs(place.settings()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or("no stdout")?).read_line(&mut line).await?;
    Ok((child, line.trim().parse().map_err(|_| format!("the server did not start: {line:?}"))?))
}

/// Kills the first server with SIGKILL whenever a random number of ballots is acknowledged, and starts
/// it anew.
async fn kill_at_random(
    plan: &Plan,
    place: &Place,
    shared: &Shared,
    children: &mut [(Child, SocketAddr)],
    addresses: &watch::Sender<Vec<SocketAddr>>,
) -> Result<(), Failure> {
    for at in moments(plan)? {
        while shared.done() < at {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        children[0].0.kill().await?;
        print!("killed at {} acknowledged; ", shared.done());
        children[0] = start(place).await?;
        addresses.send_replace(children.iter().map(|(_, address)| *address).collect());
    }
    println!();
    Ok(())
}

/// Random numbers of ballots, ascending, below nine tenths of all.
fn moments(plan: &Plan) -> Result<Vec<usize>, Failure> {
    let chance = server::ids::Ids::from_system();
    let range = u64::try_from(plan.heads * 9 / 10)?.max(1);
    let mut moments = Vec::new();
    for _ in 0..plan.kills {
        moments.push(usize::try_from(u64::from_be_bytes(chance.bytes::<8>()) % range)?);
    }
    moments.sort_unstable();
    Ok(moments)
}
