//! SQLite's writer: many callers, one durable commit.
//!
//! A task owns the only writing connection. It takes whoever waits, runs each inside a savepoint (so a
//! caller that fails rolls back alone), commits once, and only then answers all of them. A commit costs
//! one fsync whether it carries 1 caller or 200.

use super::changes::{Change, Changes};
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
    /// Runs the work; true when its savepoint may be kept.
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

async fn serve(mut tx: Tx, mut waiting: mpsc::Receiver<Box<dyn Job>>, changes: Changes) {
    while let Some(first) = waiting.recv().await {
        let mut group = vec![first];
        let mut announced = Vec::new();
        let committed = commit(&mut tx, &mut group, &mut waiting, &mut announced).await;
        metrics::histogram!("db_group_size").record(group.len() as f64);
        let outcome = committed.map_err(|error| format!("commit: {error}"));
        if outcome.is_ok() {
            changes.announce(announced);
        }
        for job in group {
            job.answer(outcome.clone());
        }
    }
}

/// Runs the group, taking in who arrives meanwhile, and commits it.
async fn commit(
    tx: &mut Tx,
    group: &mut Vec<Box<dyn Job>>,
    waiting: &mut mpsc::Receiver<Box<dyn Job>>,
    announced: &mut Vec<Change>,
) -> Result<(), sqlx::Error> {
    tx.conn().execute("BEGIN IMMEDIATE").await?;
    let mut at = 0;
    while let Some(job) = group.get_mut(at) {
        if let Err(error) = one(tx, job.as_mut(), announced).await {
            let _ = tx.conn().execute("ROLLBACK").await;
            return Err(error);
        }
        at += 1;
        if at == group.len()
            && group.len() < GROUP
            && let Ok(next) = waiting.try_recv()
        {
            group.push(next);
        }
    }
    if let Err(error) = tx.conn().execute("COMMIT").await {
        let _ = tx.conn().execute("ROLLBACK").await;
        return Err(error);
    }
    Ok(())
}

async fn one(tx: &mut Tx, job: &mut dyn Job, announced: &mut Vec<Change>) -> Result<(), sqlx::Error> {
    tx.restart();
    tx.conn().execute("SAVEPOINT caller").await?;
    if job.run(tx).await {
        announced.append(&mut tx.take_changes());
    } else {
        tx.conn().execute("ROLLBACK TO caller").await?;
    }
    tx.conn().execute("RELEASE caller").await?;
    Ok(())
}
