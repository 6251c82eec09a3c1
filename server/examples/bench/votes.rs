//! A large compound's vote around its ballots: roll frozen, turnout watched by many, urn opened and counted.

use crate::table::Table;
use crate::watch::{self, SEEN, WATCHERS};
use crate::{Failure, Folder};
use contract::ids::VoteId;
use server::Core;
use server::clock::Clock;
use server::voting::testing::{self, Setup, ballot, election, voter};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// When the poll of this measurement opens.
pub const OPENS: i64 = 1_787_965_200_000;

/// Adds the rows.
pub async fn measure(table: &mut Table, heads: usize, clients: usize) -> Result<(), Failure> {
    let folder = Folder::new("votes")?;
    let core = folder.core_at(Clock::fixed(OPENS)).await?;
    let began = Instant::now();
    let setup = Setup { heads, candidates: 5, seats: 2, opens_at: OPENS, closes_at: OPENS + 3_600_000 };
    let vote = election(&core, setup).await?;
    table.row(format!("roll of {heads} heads frozen"), format!("{:.2} s", began.elapsed().as_secs_f64()), "");

    // The server that streams has the database to itself, as SQLite wants it.
    core.db.close().await;
    let watched = watch::measure(&folder, &vote).await?;
    let memory = format!("{:.0} MB ({:.0} MB before)", watched.with_mb, watched.before_mb);
    table.row(
        format!("{SEEN} ballots seen by {WATCHERS} watchers over SSE after"),
        format!("{:.2} s", watched.seconds),
        "",
    );
    table.row("  memory of their server", memory, "");
    let core = folder.core_at(Clock::fixed(OPENS)).await?;
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
