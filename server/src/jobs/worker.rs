//! Workers: take a job, keep its lease alive while it runs, write down how it ended.

use std::time::Duration;

use contract::Millis;
use contract::ids::JobId;
use tokio::sync::watch;

use super::store::{self, Ending, Taken};
use super::{Group, Handlers, TOPIC};
use crate::core::Core;
use crate::{Result, observe};

/// Attempts before a job is given up: with the pauses between them some four hours.
pub const MAX_ATTEMPTS: i64 = 10;
/// How long a job stays a worker's without a sign of life, in milliseconds.
pub(super) const LEASE: Millis = 30_000;
/// Signs of life: a third of the lease, so that two may be missed.
const SIGN_OF_LIFE: Duration = Duration::from_millis(LEASE as u64 / 3);
/// Pause after the first failure, in milliseconds; doubles with each further one.
const FIRST_PAUSE: Millis = 5_000;
/// Longest pause, in milliseconds.
const LONGEST_PAUSE: Millis = 3_600_000;
/// How often a worker looks without having been told of work.
const ROUND: Duration = Duration::from_secs(1);

/// How a job's run ended.
enum End {
    Done,
    Failed(String),
    /// Another worker has it: nothing of ours counts.
    Lost,
}

/// Does a group's jobs until told to stop; the job at hand is finished first. Start as many as should run at once.
pub async fn run(core: Core, handlers: Handlers, group: Group, mut stop: watch::Receiver<bool>) {
    let mut changes = core.db.watch([TOPIC]);
    while !*stop.borrow() {
        match work_once_of(&core, &handlers, group).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the job queue failed, trying again"),
        }
        tokio::select! {
            () = async { tokio::join!(changes.changed(), tokio::time::sleep(Duration::from_millis(10))); } => {}
            () = tokio::time::sleep(ROUND) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Works off everything that is due now; how many jobs were run.
///
/// # Errors
/// As [`work_once`].
pub async fn work_off(core: &Core, handlers: &Handlers) -> Result<usize> {
    let mut run = 0;
    while work_once(core, handlers).await? {
        run += 1;
    }
    Ok(run)
}

/// Takes one job that is due and does it; false when none was.
///
/// # Errors
/// The database's own trouble; the job, if one was taken, is taken up again after its lease.
pub async fn work_once(core: &Core, handlers: &Handlers) -> Result<bool> {
    work_once_of(core, handlers, Group::All).await
}

/// The same for one group's jobs.
pub(super) async fn work_once_of(core: &Core, handlers: &Handlers, group: Group) -> Result<bool> {
    let worker = format!("{}:{}", core.node, hex::encode(core.ids.bytes::<8>()));
    let taken = core
        .db
        .write((worker.clone(), handlers.kinds(group)), |tx, (worker, kinds)| {
            Box::pin(async move {
                let now = tx.now();
                Ok(store::take(tx.conn(), worker, kinds, now, now + LEASE).await?)
            })
        })
        .await?;
    let Some(job) = taken else { return Ok(false) };
    let (id, kind, attempts) = (job.id.clone(), job.kind.clone(), job.attempts);
    let end = if attempts > MAX_ATTEMPTS {
        End::Failed("its worker died on the last attempt".to_owned())
    } else {
        attempt(core, handlers, job, &worker).await
    };
    let outcome = settle(core, id, worker, attempts, end).await?;
    observe::job_done(&kind, outcome);
    Ok(true)
}

/// Runs the handler beside the signs of life. A panic of the handler is a failure like any other.
async fn attempt(core: &Core, handlers: &Handlers, job: Taken, worker: &str) -> End {
    let mut running = tokio::spawn(handlers.start(core.clone(), &job.kind, job.payload));
    loop {
        tokio::select! {
            ended = &mut running => return match ended {
                Ok(Ok(())) => End::Done,
                Ok(Err(error)) => End::Failed(error.to_string()),
                Err(panic) => End::Failed(panic.to_string()),
            },
            () = tokio::time::sleep(SIGN_OF_LIFE) => match sign_of_life(core, &job.id, worker).await {
                Ok(true) => {}
                Ok(false) => {
                    running.abort();
                    return End::Lost;
                }
                Err(error) => tracing::warn!(%error, job = %job.id, "the lease could not be renewed"),
            }
        }
    }
}

async fn sign_of_life(core: &Core, id: &JobId, worker: &str) -> Result<bool> {
    core.db
        .write((id.clone(), worker.to_owned()), |tx, (id, worker)| {
            Box::pin(async move {
                let until = tx.now() + LEASE;
                Ok(store::renew(tx.conn(), id, worker, until).await?)
            })
        })
        .await
}

/// Writes down how it ended and says so in one word.
async fn settle(core: &Core, id: JobId, worker: String, attempts: i64, end: End) -> Result<&'static str> {
    let why = match end {
        End::Lost => return Ok("lost"),
        End::Done => None,
        End::Failed(why) => {
            tracing::warn!(job = %id, attempts, why, "a job failed");
            Some(why)
        }
    };
    let again = pause(attempts, core.ids.bytes());
    core.db
        .write((id, worker, attempts, why, again), |tx, (id, worker, attempts, why, again)| {
            Box::pin(async move {
                let now = tx.now();
                let (how, outcome) = match why {
                    None => (Ending::Done(now), "done"),
                    Some(why) if *attempts >= MAX_ATTEMPTS => (Ending::Dead(now, why), "dead"),
                    Some(why) => (Ending::Again(now + again, why), "failed"),
                };
                let held = store::end(tx.conn(), id, worker, how).await?;
                Ok(if held { outcome } else { "lost" })
            })
        })
        .await
}

/// Milliseconds until the next attempt: doubling, and up to a quarter more by chance, so that jobs
/// that failed together do not come back together.
pub(super) fn pause(attempts: i64, chance: [u8; 2]) -> Millis {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(20);
    let pause = (FIRST_PAUSE << doublings).min(LONGEST_PAUSE);
    pause + pause / 4 * Millis::from(u16::from_be_bytes(chance)) / Millis::from(u16::MAX)
}
