//! Ballots per second: the verb behind the door against loops that do nothing else.

use crate::table::Table;
use crate::{Failure, Folder, bare};
use contract::ids::VoteId;
use server::Core;
use server::voting::testing::{Setup, ballot, election, voter};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// The door must reach this part of a bare sqlx loop, in hundredths.
const BUDGET: f64 = 80.0;

/// Measures all three; true when the budget is kept.
pub async fn measure(table: &mut Table, ballots: usize, clients: usize) -> Result<bool, Failure> {
    let door = door(ballots, clients).await?;
    let sqlx = loop_of("sqlx", ballots, bare::sqlx).await?;
    let rusqlite = loop_of("rusqlite", ballots, |folder, vote, ballots| async move {
        tokio::task::spawn_blocking(move || bare::rusqlite(&folder, &vote, ballots)).await?
    })
    .await?;
    let percent = 100.0 * door / sqlx;
    table.row(format!("ballots cast durably, {clients} clients"), format!("{door:.0}/s"), "");
    table.row("  bare sqlx loop, same rows, groups of 100", format!("{sqlx:.0}/s"), "");
    table.row("  bare rusqlite loop, the same (the limit)", format!("{rusqlite:.0}/s"), "");
    table.row("  the door against sqlx's loop", format!("{percent:.0} %"), format!("at least {BUDGET:.0} %"));
    Ok(percent >= BUDGET)
}

/// An election of `heads`, open for an hour.
async fn open(core: &Core, heads: usize) -> Result<VoteId, Failure> {
    let now = core.clock.now();
    let setup = Setup { heads, candidates: 5, seats: 2, opens_at: now, closes_at: now + 3_600_000 };
    Ok(election(core, setup).await?)
}

/// The verb, called by many at once.
async fn door(ballots: usize, clients: usize) -> Result<f64, Failure> {
    let folder = Folder::new("door")?;
    let core = folder.core().await?;
    let vote = open(&core, ballots).await?;
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let clients: Vec<_> = (0..clients)
        .map(|_| {
            let (core, vote, next) = (core.clone(), vote.clone(), next.clone());
            tokio::spawn(async move {
                loop {
                    let head = next.fetch_add(1, Ordering::Relaxed);
                    if head >= ballots {
                        return Ok::<_, server::Error>(());
                    }
                    server::voting::cast(&voter(head), &core, ballot(&vote, head, &[1, 2])).await?;
                }
            })
        })
        .collect();
    for client in clients {
        client.await??;
    }
    let rate = rate(ballots, began);
    core.db.close().await;
    folder.remove()?;
    Ok(rate)
}

/// A bare loop over a database set up in the same way; the server is not running.
async fn loop_of<F, R>(name: &str, ballots: usize, work: F) -> Result<f64, Failure>
where
    F: FnOnce(std::path::PathBuf, VoteId, usize) -> R,
    R: Future<Output = Result<(), Failure>>,
{
    let folder = Folder::new(name)?;
    let core = folder.core().await?;
    let vote = open(&core, ballots).await?;
    core.db.close().await;
    let began = Instant::now();
    work(folder.database(), vote, ballots).await?;
    let rate = rate(ballots, began);
    folder.remove()?;
    Ok(rate)
}

fn rate(ballots: usize, began: Instant) -> f64 {
    ballots as f64 / began.elapsed().as_secs_f64()
}
