//! The doors to the database: everything that changes goes through [`Db::write`].
//!
//! SQLite (embedded default): one writer commits many waiting callers in one durable transaction; one
//! who fails rolls back alone. PostgreSQL (`DATABASE_URL`): a SERIALIZABLE transaction per caller with
//! bounded retry. The caller is answered only after the commit is durable.

mod changes;
pub(crate) mod copy;
mod group;
mod lease;
mod migrate;
mod open;
pub mod rows;
mod serial;
#[cfg(test)]
mod tests;
mod tx;
mod watch;

pub use lease::lease;
pub use open::Engine;
pub use tx::Tx;
pub use watch::Watch;

use changes::Changes;

use crate::error::Result;
use crate::{clock::Clock, ids::Ids};
use futures::future::BoxFuture;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool};

/// The database behind its two doors. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    engine: Engine,
    readers: AnyPool,
    writer: Writer,
    changes: Changes,
}

#[derive(Clone, Debug)]
enum Writer {
    Group(group::GroupWriter),
    Serial(serial::SerialWriter),
}

impl Db {
    /// Opens the database at `url` (`sqlite:PATH` or `postgres://…`) and brings its tables up to date.
    ///
    /// # Errors
    /// The database cannot be reached, is of a wrong collation, or a migration fails.
    pub async fn open(url: &str, clock: Clock, ids: Ids) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let engine = Engine::of(url)?;
        open::prepare(engine, url).await?;
        let readers = open::readers(engine, url).await?;
        migrate::run(engine, url, &readers).await?;
        let changes = Changes::open(engine, url, &ids).await?;
        let writer = match engine {
            Engine::Sqlite => Writer::Group(group::GroupWriter::start(url, clock, ids, changes.clone()).await?),
            Engine::Postgres => Writer::Serial(serial::SerialWriter::open(url, clock, ids, changes.clone()).await?),
        };
        Ok(Self { engine, readers, writer, changes })
    }

    /// Which engine answers.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Does `work` in a transaction and answers once its commit is durable.
    ///
    /// `work` may run more than once (a serialization failure runs it again from the start), so it
    /// captures nothing and takes what it needs from `input`. It must not wait for anything but the
    /// database: on SQLite everyone else's writes wait behind it.
    ///
    /// # Errors
    /// What `work` answers (then nothing of it is kept), or the database's own trouble.
    pub async fn write<I, T, F>(&self, input: I, work: F) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx, &'t I) -> BoxFuture<'t, Result<T>> + Send + Sync + 'static,
    {
        match &self.writer {
            Writer::Group(writer) => writer.write(input, work).await,
            Writer::Serial(writer) => writer.write(input, work).await,
        }
    }

    /// A connection for reading. Nothing that changes may go through it.
    ///
    /// # Errors
    /// No connection became free in time.
    pub async fn read(&self) -> Result<PoolConnection<Any>> {
        Ok(self.readers.acquire().await?)
    }

    /// Waits for committed changes of `topics` from now on, those made by other servers included.
    pub fn watch<T: Into<String>>(&self, topics: impl IntoIterator<Item = T>) -> Watch {
        self.changes.watch(topics.into_iter().map(Into::into).collect())
    }

    /// Is it heard here what other servers change? False while the connection that hears of it is broken: pages that
    /// stand open and what is remembered may be old.
    pub fn hears_changes(&self) -> bool {
        self.changes.heard()
    }

    /// Waits until everything accepted is committed, then closes the connections.
    pub async fn close(&self) {
        if let Writer::Group(writer) = &self.writer {
            writer.drain().await;
        }
        self.changes.flush().await;
        self.readers.close().await;
    }
}
