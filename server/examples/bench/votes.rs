//! A large compound's vote around its ballots: roll frozen, turnout watched by many, urn opened and counted.

use crate::table::Table;
use crate::{Failure, Folder};
use contract::ids::VoteId;
use contract::voting::Turnout;
use server::Core;
use server::clock::Clock;
use server::voting::testing::{self, Setup, ballot, election, organiser, voter};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Workers who watch the turnout at once.
const WATCHERS: usize = 2_000;
/// Ballots cast while they watch.
const SEEN: usize = 100;
/// When the poll of this measurement opens.
const OPENS: i64 = 1_787_965_200_000;

/// Adds the rows.
pub async fn measure(table: &mut Table, heads: usize, clients: usize) -> Result<(), Failure> {
    let folder = Folder::new("votes")?;
    let core = folder.core_at(Clock::fixed(OPENS)).await?;
    let began = Instant::now();
    let setup = Setup { heads, candidates: 5, seats: 2, opens_at: OPENS, closes_at: OPENS + 3_600_000 };
    let vote = election(&core, setup).await?;
    table.row(format!("roll of {heads} heads frozen"), format!("{:.2} s", began.elapsed().as_secs_f64()), "");

    let watched = watch(&core, &vote, clients).await?;
    table.row(format!("{SEEN} ballots seen by {WATCHERS} watchers after"), format!("{watched:.2} s"), "");
    cast(&core, &vote, SEEN..heads, clients).await?;

    core.clock.advance(3_600_000);
    let began = Instant::now();
    testing::count(&core, &vote).await?;
    table.row(
        format!("urn of {heads} ballots opened and counted"),
        format!("{:.2} s", began.elapsed().as_secs_f64()),
        "",
    );
    core.db.close().await;
    folder.remove()
}

/// Seconds from the first of some ballots until the last of many watchers has seen all of them.
async fn watch(core: &Core, vote: &VoteId, clients: usize) -> Result<f64, Failure> {
    let mut watchers = Vec::with_capacity(WATCHERS);
    for _ in 0..WATCHERS {
        let mut latest = server::voting::watch_turnout(&organiser(), core, vote).await?;
        watchers.push(tokio::spawn(async move {
            let all = |text: &Arc<str>| {
                serde_json::from_str::<Turnout>(text).is_ok_and(|turnout| turnout.voted >= SEEN as i64)
            };
            latest.wait_for(all).await.map(drop)
        }));
    }
    let began = Instant::now();
    cast(core, vote, 0..SEEN, clients).await?;
    for watcher in watchers {
        watcher.await??;
    }
    Ok(began.elapsed().as_secs_f64())
}

/// Casts these heads' ballots, many at once.
async fn cast(core: &Core, vote: &VoteId, heads: std::ops::Range<usize>, clients: usize) -> Result<(), Failure> {
    let (next, end) = (Arc::new(AtomicUsize::new(heads.start)), heads.end);
    let clients: Vec<_> = (0..clients)
        .map(|_| {
            let (core, vote, next) = (core.clone(), vote.clone(), next.clone());
            tokio::spawn(async move {
                loop {
                    let head = next.fetch_add(1, Ordering::Relaxed);
                    if head >= end {
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
    Ok(())
}
