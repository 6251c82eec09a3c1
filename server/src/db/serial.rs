//! PostgreSQL's writer: a SERIALIZABLE transaction per caller, run again when the engine asks for it.

use super::changes::Changes;
use super::open::{self, Engine};
use super::tx::{Conn, Tx};
use crate::error::{Error, Result};
use crate::{clock::Clock, ids::Ids};
use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::{AnyPool, Executor};
use std::panic::AssertUnwindSafe;
use std::time::Duration;

/// Tries before the caller hears "busy".
const TRIES: u32 = 12;

#[derive(Clone, Debug)]
pub(super) struct SerialWriter {
    pool: AnyPool,
    clock: Clock,
    ids: Ids,
    changes: Changes,
}

impl SerialWriter {
    pub(super) async fn open(url: &str, clock: Clock, ids: Ids, changes: Changes) -> Result<Self> {
        Ok(Self { pool: open::pool(Engine::Postgres, url, 16).await?, clock, ids, changes })
    }

    pub(super) async fn write<I, T, F>(&self, input: I, work: F) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx, &'t I) -> BoxFuture<'t, Result<T>> + Send + Sync + 'static,
    {
        // A task of its own: a caller who goes away must not leave a transaction half done.
        let this = self.clone();
        let task = tokio::spawn(async move { this.tries(&input, &work).await });
        task.await.map_err(|_| Error::internal("a writer panicked"))?
    }

    async fn tries<I, T, F>(&self, input: &I, work: &F) -> Result<T>
    where
        F: for<'t> Fn(&'t mut Tx, &'t I) -> BoxFuture<'t, Result<T>>,
    {
        for attempt in 0..TRIES {
            let conn = self.pool.acquire().await?;
            let mut tx = Tx::new(Conn::Pooled(conn), self.clock.clone(), self.ids.clone());
            match attempt_once(&mut tx, input, work).await {
                Ok(value) => {
                    self.changes.announce(tx.take_changes());
                    return Ok(value);
                }
                Err(error) if error.wants_retry() => {
                    metrics::counter!("db_serialization_retries").increment(1);
                    drop(tx);
                    tokio::time::sleep(self.pause(attempt)).await;
                }
                Err(error) => return Err(error),
            }
        }
        Err(contract::Error::Busy.into())
    }

    /// Doubling from 2 ms with jitter, so that those who collided do not meet again.
    fn pause(&self, attempt: u32) -> Duration {
        let [dice] = self.ids.bytes::<1>();
        let span = 2u64 << attempt.min(7);
        Duration::from_micros(span * 1000 * (64 + u64::from(dice)) / 256)
    }
}

async fn attempt_once<I, T, F>(tx: &mut Tx, input: &I, work: &F) -> Result<T>
where
    F: for<'t> Fn(&'t mut Tx, &'t I) -> BoxFuture<'t, Result<T>>,
{
    tx.conn().execute("BEGIN ISOLATION LEVEL SERIALIZABLE").await?;
    // A panic must not hand a connection with an open transaction back to the pool.
    let worked = AssertUnwindSafe(work(tx, input)).catch_unwind().await;
    let done = match worked.unwrap_or_else(|_| Err(Error::internal("a writer panicked"))) {
        Ok(value) => tx.conn().execute("COMMIT").await.map(|_| value).map_err(Error::from),
        Err(error) => Err(error),
    };
    if done.is_err() {
        let _ = tx.conn().execute("ROLLBACK").await;
    }
    done
}
