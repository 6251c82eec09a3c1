//! Fills an empty database; finishes what an earlier run began; does nothing where all is there.

use super::plan::{Community, communities, frame};
use super::{logins, scenes, town};
use crate::crypto::Keys;
use crate::people::{self, NewArea, Registration, Sealer};
use crate::{Core, Error, Result};
use contract::AreaId;
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

/// Fewer would not hold the cast and their neighbours.
const LEAST: u64 = 200;
/// People written in one transaction, about: large enough that the random places of the blind indexes
/// are gathered, small enough that memory stays bounded.
const BATCH: u64 = 25_000;

/// Fills the city with `people` people (200 at least). Says on stderr how far it is.
///
/// A community is written as a whole, and the city's own row last of all: what is missing after an
/// interruption is filled in by the next call.
///
/// # Errors
/// The database's own.
pub async fn fill(core: &Core, people: u64) -> Result<()> {
    let people = people.max(LEAST);
    if people::area(&mut *core.db.read().await?, &AreaId::city()).await?.is_some() {
        return Ok(());
    }
    let there = present(core).await?;
    if there.is_empty() {
        write(core, Registration { areas: frame(), ..Registration::default() }).await?;
    }
    // One of them is entered twice: the desk has a pair to merge.
    let people = people - 1;
    let missing: VecDeque<Community> = communities(people).into_iter().filter(|c| !there.contains(&c.area)).collect();
    registry(core, missing, people).await?;
    logins::grant(core).await?;
    scenes::play(core).await?;
    let city = NewArea { id: AreaId::city(), name: "黄山市".to_owned(), code: Some("3410".to_owned()) };
    write(core, Registration { areas: vec![city], ..Registration::default() }).await
}

/// Counties, streets and communities that an earlier run has written.
async fn present(core: &Core) -> Result<BTreeSet<AreaId>> {
    let mut conn = core.db.read().await?;
    let mut present = BTreeSet::new();
    let mut around = vec![AreaId::city()];
    for _level in ["county", "street", "community"] {
        let mut inside = Vec::new();
        for area in &around {
            inside.extend(people::children(&mut conn, area).await?.into_iter().map(|area| area.id));
        }
        present.extend(inside.iter().cloned());
        around = inside;
    }
    Ok(present)
}

/// Makes one batch while the one before it is being written.
async fn registry(core: &Core, missing: VecDeque<Community>, people: u64) -> Result<()> {
    let done = people - missing.iter().map(|c| c.people).sum::<u64>();
    let (mut line, mut done) = (batches(missing), done);
    let mut next = line.pop_front().map(|batch| make(&core.keys, batch));
    while let Some(making) = next {
        let (batch, count) = making.await.map_err(Error::internal)?;
        next = line.pop_front().map(|batch| make(&core.keys, batch));
        write(core, batch).await?;
        done += count;
        eprintln!("demo city: {done} / {people}");
    }
    Ok(())
}

fn batches(communities: VecDeque<Community>) -> VecDeque<Vec<Community>> {
    let mut batches: VecDeque<Vec<Community>> = VecDeque::new();
    let mut open = 0;
    for community in communities {
        if open == 0 {
            batches.push_back(Vec::new());
        }
        open += community.people;
        if let Some(batch) = batches.back_mut() {
            batch.push(community);
        }
        if open >= BATCH {
            open = 0;
        }
    }
    batches
}

/// Sealing is work for a processor, not for the threads that answer.
fn make(keys: &Arc<Keys>, batch: Vec<Community>) -> tokio::task::JoinHandle<(Registration, u64)> {
    let keys = keys.clone();
    tokio::task::spawn_blocking(move || {
        let mut all = Registration::default();
        for community in &batch {
            all.append(town::community(community, Sealer(&keys)));
        }
        (all, batch.iter().map(|c| c.people).sum())
    })
}

async fn write(core: &Core, batch: Registration) -> Result<()> {
    core.db.write(batch, |tx, batch| Box::pin(async move { people::register(tx.conn(), batch).await })).await
}
