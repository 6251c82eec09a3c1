//! SQLite's writer: many callers, one durable commit.
//!
//! A task owns the only writing connection. It takes whoever waits, runs one after the other, commits
//! once, and only then answers all of them. A commit costs one fsync whether it carries 1 caller or 200.
//! A caller who fails rolls back alone: the group then runs again with a savepoint each.

use super::changes::Changes;
use super::open::{self, Engine};
use super::tx::{Conn, Tx};
use crate::error::{Error, Result};
use crate::{clock::Clock, ids::Ids};
use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::Executor;
use std::panic::AssertUnwindSafe;
use tokio::sync::{mpsc, oneshot};

/// Callers in one commit at most: bounds how long the first of them waits.
const GROUP: usize = 200;
/// Callers who may wait in line before further ones are held back.
const LINE: usize = 4096;

/// The handle that callers send their work through.
#[derive(Clone, Debug)]
pub(super) struct GroupWriter {
    line: mpsc::Sender<Box<dyn Job>>,
}

/// One caller's work and the way to answer them.
trait Job: Send {
    /// Runs the work, again if need be; true when what it did may be kept.
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, bool>;
    /// Answers the caller after the commit (or its failure).
    fn answer(self: Box<Self>, commit: Result<(), String>);
}

struct Work<I, T, F> {
    input: I,
    work: F,
    outcome: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
}

impl<I, T, F> Job for Work<I, T, F>
where
    I: Send + Sync + 'static,
    T: Send + 'static,
    F: for<'t> Fn(&'t mut Tx, &'t I) -> BoxFuture<'t, Result<T>> + Send + Sync + 'static,
{
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            let done = AssertUnwindSafe((self.work)(tx, &self.input)).catch_unwind().await;
            let outcome = done.unwrap_or_else(|_| Err(Error::internal("a writer panicked")));
            let keep = outcome.is_ok();
            self.outcome = Some(outcome);
            keep
        })
    }

    fn answer(self: Box<Self>, commit: Result<(), String>) {
        let outcome = match (self.outcome, commit) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(Error::Internal(error)),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(Error::internal("a writer was passed over")),
        };
        // A caller who left does not hear; what they asked for is done all the same.
        let _ = self.reply.send(outcome);
    }
}

impl GroupWriter {
    pub(super) async fn start(url: &str, clock: Clock, ids: Ids, changes: Changes) -> Result<Self> {
        let conn = open::connection(Engine::Sqlite, url).await?;
        let (line, waiting) = mpsc::channel(LINE);
        tokio::spawn(serve(Tx::new(Conn::Own(conn), clock, ids), waiting, changes));
        Ok(Self { line })
    }

    pub(super) async fn write<I, T, F>(&self, input: I, work: F) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx, &'t I) -> BoxFuture<'t, Result<T>> + Send + Sync + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Work { input, work, outcome: None, reply });
        self.line.send(job).await.map_err(|_| Error::internal("the writer has stopped"))?;
        answer.await.map_err(|_| Error::internal("the writer has stopped"))?
    }

    /// Waits until all who stand in line now are answered.
    pub(super) async fn drain(&self) {
        let _ = self.write((), |_, ()| Box::pin(async { Ok(()) })).await;
    }
}

/// How the callers of a group are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// Nobody is expected to fail: no savepoints, two statements fewer a caller. One failure undoes the
    /// group, which then runs again carefully.
    Hopeful,
    /// A savepoint each.
    Careful,
}

async fn serve(mut tx: Tx, mut waiting: mpsc::Receiver<Box<dyn Job>>, changes: Changes) {
    let mut manner = Manner::Hopeful;
    while let Some(first) = waiting.recv().await {
        let mut group = Group { jobs: vec![first], announced: Vec::new(), failed: false };
        let committed = commit(&mut tx, &mut group, &mut waiting, manner).await;
        metrics::histogram!("db_group_size").record(group.jobs.len() as f64);
        let outcome = committed.map_err(|error| format!("commit: {error}"));
        if outcome.is_ok() {
            changes.announce(group.announced);
        }
        for job in group.jobs {
            job.answer(outcome.clone());
        }
        // Failures come in flocks, such as a poll that has just closed.
        manner = if group.failed { Manner::Careful } else { Manner::Hopeful };
    }
}

/// Callers who are committed together.
struct Group {
    jobs: Vec<Box<dyn Job>>,
    announced: Vec<String>,
    failed: bool,
}

/// Runs the group, taking in who arrives meanwhile, and commits it.
async fn commit(
    tx: &mut Tx,
    group: &mut Group,
    waiting: &mut mpsc::Receiver<Box<dyn Job>>,
    manner: Manner,
) -> Result<(), sqlx::Error> {
    let mut done = run(tx, group, waiting, manner).await;
    if let Ok(false) = done {
        tx.conn().execute("ROLLBACK").await?;
        group.announced.clear();
        done = run(tx, group, waiting, Manner::Careful).await;
    }
    if done.is_err() {
        let _ = tx.conn().execute("ROLLBACK").await;
    }
    done.map(drop)
}

/// Runs the group and commits it; false, and nothing committed, when it hoped in vain.
async fn run(
    tx: &mut Tx,
    group: &mut Group,
    waiting: &mut mpsc::Receiver<Box<dyn Job>>,
    manner: Manner,
) -> Result<bool, sqlx::Error> {
    tx.conn().execute("BEGIN IMMEDIATE").await?;
    let mut at = 0;
    while let Some(job) = group.jobs.get_mut(at) {
        let kept = match manner {
            Manner::Hopeful => {
                tx.restart();
                job.run(tx).await
            }
            Manner::Careful => apart(tx, job.as_mut()).await?,
        };
        group.failed |= !kept;
        if kept {
            group.announced.append(&mut tx.take_changes());
        } else if manner == Manner::Hopeful {
            return Ok(false);
        }
        at += 1;
        if at == group.jobs.len()
            && group.jobs.len() < GROUP
            && let Ok(next) = waiting.try_recv()
        {
            group.jobs.push(next);
        }
    }
    tx.conn().execute("COMMIT").await?;
    Ok(true)
}

/// Runs one caller inside a savepoint, undone when they fail; true when it was kept.
async fn apart(tx: &mut Tx, job: &mut dyn Job) -> Result<bool, sqlx::Error> {
    tx.restart();
    tx.conn().execute("SAVEPOINT caller").await?;
    let kept = job.run(tx).await;
    if !kept {
        tx.conn().execute("ROLLBACK TO caller").await?;
    }
    tx.conn().execute("RELEASE caller").await?;
    Ok(kept)
}
