//! Random movements with random crashes: whatever happens, the ledger holds.

use super::audit::audit;
use super::*;
use crate::error::Error;
use crate::{clock::Clock, ids::Ids};
use futures::future::join_all;
use proptest::prelude::*;
use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::Runtime;

const PEOPLE: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];
/// Movements on their way at the same time.
const AT_ONCE: usize = 200;

#[derive(Clone, Debug)]
enum Op {
    /// Few events, so that many are awarded twice.
    Award {
        person: usize,
        event: u16,
        hundredths: i64,
    },
    Spend {
        person: usize,
        hundredths: i64,
    },
    /// Takes back one of the movements acknowledged so far.
    Reverse {
        pick: usize,
    },
    /// Moves points, then fails before its commit.
    Fail {
        person: usize,
        hundredths: i64,
    },
    /// The server dies so many microseconds after movements were sent on their way, and comes back.
    Crash {
        after: u64,
    },
}

fn op() -> impl Strategy<Value = Op> {
    let person = 0..PEOPLE.len();
    prop_oneof![
        400 => (person.clone(), any::<u16>(), 1..2_000_i64)
            .prop_map(|(person, event, hundredths)| Op::Award { person, event, hundredths }),
        400 => (person.clone(), 1..2_000_i64).prop_map(|(person, hundredths)| Op::Spend { person, hundredths }),
        120 => any::<usize>().prop_map(|pick| Op::Reverse { pick }),
        80 => (person, 1..2_000_i64).prop_map(|(person, hundredths)| Op::Fail { person, hundredths }),
        1 => (0..10_000_u64).prop_map(|after| Op::Crash { after }),
    ]
}

/// Movements whose makers were told that they are made.
type Told = Arc<Mutex<Vec<TransferId>>>;

async fn run(core: Core, op: Op, told: Told) {
    let made = match op {
        Op::Award { person, event, hundredths } => {
            make(&core, award(PEOPLE[person], &event.to_string(), hundredths)).await
        }
        Op::Spend { person, hundredths } => make(&core, spend(PEOPLE[person], hundredths)).await,
        Op::Reverse { pick } => {
            let id = {
                let told = told.lock().unwrap();
                if told.is_empty() {
                    return;
                }
                told[pick % told.len()].clone()
            };
            core.db.write(id, |tx, id| Box::pin(async move { reverse(tx, id).await.map(Some) })).await
        }
        Op::Fail { person, hundredths } => {
            let award = award(PEOPLE[person], &format!("fails-{hundredths}"), hundredths);
            let failed = core.db.write(award, |tx, award| {
                Box::pin(async move {
                    transfer(tx, award).await?;
                    Err(Error::internal("fails on purpose"))
                })
            });
            failed.await
        }
        Op::Crash { .. } => Ok(None),
    };
    if let Ok(Some(id)) = made {
        told.lock().unwrap().push(id);
    }
}

/// A server in a runtime of its own, which a crash takes down with everything that is under way.
fn boot(config: &crate::config::Config, life: u64) -> (Runtime, Core) {
    let runtime = Runtime::new().unwrap();
    let core = runtime.block_on(Core::with(config.clone(), Clock::fixed(testing::START), Ids::seeded(1_000 + life)));
    (runtime, core.unwrap())
}

/// Runs the operations on a fresh database and asks the ledger after each crash and at the end.
fn endure(config: &crate::config::Config, ops: &[Op]) {
    let told = Told::default();
    let (mut runtime, mut core) = boot(config, 0);
    let mut lives = 1;
    for ops in ops.split_inclusive(|op| matches!(op, Op::Crash { .. })) {
        for batch in ops.chunks(AT_ONCE) {
            let tasks: Vec<_> =
                batch.iter().map(|op| runtime.spawn(run(core.clone(), op.clone(), told.clone()))).collect();
            if let Some(Op::Crash { after }) = batch.last() {
                std::thread::sleep(Duration::from_micros(*after));
                drop(core);
                runtime.shutdown_background();
                (runtime, core) = boot(config, lives);
                lives += 1;
                runtime.block_on(audit(&core));
            } else {
                runtime.block_on(join_all(tasks));
            }
        }
    }
    let all = runtime.block_on(audit(&core));
    let told = told.lock().unwrap().clone();
    assert!(!told.is_empty() && usize::try_from(all).unwrap() >= told.len());
    let kept = runtime.block_on(kept(&core));
    for id in told {
        assert!(kept.contains(&id), "{id} was acknowledged and is gone after {lives} lives");
    }
}

async fn kept(core: &Core) -> HashSet<TransferId> {
    let mut conn = core.db.read().await.unwrap();
    let ids: Vec<(TransferId,)> =
        sqlx::query_as("SELECT id FROM points_transfers").fetch_all(&mut *conn).await.unwrap();
    ids.into_iter().map(|(id,)| id).collect()
}

fn check(cases: u32, ops_each: usize, fresh: impl Fn() -> Option<testing::Fresh>) {
    let settings = ProptestConfig { cases, max_shrink_time: 20_000, failure_persistence: None, ..Default::default() };
    proptest!(settings, |(ops in prop::collection::vec(op(), ops_each))| {
        if let Some(core) = fresh() {
            endure(&core.config, &ops);
        }
    });
}

/// A fresh server on the engine at `place` in [`testing::cores`], whose own lives it stays out of.
fn fresh(place: usize) -> Option<testing::Fresh> {
    let runtime = Runtime::new().unwrap();
    runtime.block_on(testing::cores()).into_iter().nth(place)
}

#[test]
fn the_ledger_holds_through_a_hundred_thousand_movements_and_crashes() {
    check(10, 10_000, || fresh(0));
}

#[test]
fn the_ledger_holds_on_postgresql_too() {
    check(1, 1_000, || fresh(1));
}
