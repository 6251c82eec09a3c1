//! Connections and their settings: the one place (with `migrate`) where the engines differ.

use crate::error::{Error, Result};
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, AnyPool, Connection, Executor};
use std::time::Duration;

/// The database engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, the default.
    Sqlite,
    /// By `DATABASE_URL`; also what speaks its protocol.
    Postgres,
}

impl Engine {
    /// The engine of a database URL.
    ///
    /// # Errors
    /// The URL is of neither engine.
    pub fn of(url: &str) -> Result<Self> {
        match url.split(':').next() {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err(Error::internal("DATABASE_URL must begin with sqlite: or postgres://")),
        }
    }
}

/// Settings of every SQLite connection. FULL: an acknowledged commit survives loss of power. A checkpoint every
/// 32 MB: pages that a bulk of writes touches again and again are then copied home once.
const SQLITE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
     PRAGMA busy_timeout = 10000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 8000; PRAGMA mmap_size = 0;";

/// Makes sure that the database can be opened at all.
pub(super) async fn prepare(engine: Engine, url: &str) -> Result<()> {
    match engine {
        Engine::Sqlite => {
            if let Some(folder) = std::path::Path::new(path(url)).parent().filter(|p| !p.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder).map_err(Error::internal)?;
            }
        }
        Engine::Postgres => {
            let mut conn = AnyConnection::connect(url).await?;
            let (collation,): (String,) =
                sqlx::query_as("SELECT CAST(datcollate AS TEXT) FROM pg_database WHERE datname = current_database()")
                    .fetch_one(&mut conn)
                    .await?;
            conn.close().await?;
            // Area subtrees and id order are ranges of text: both engines must sort by code point.
            if !matches!(collation.as_str(), "C" | "POSIX" | "C.UTF-8" | "C.utf8") {
                return Err(Error::internal(format!(
                    "the database sorts by '{collation}'; create it with: CREATE DATABASE hs TEMPLATE template0 \
                     ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
                )));
            }
        }
    }
    Ok(())
}

/// The file of a SQLite database's URL.
pub(super) fn path(url: &str) -> &str {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    path.split('?').next().unwrap_or(path)
}

/// The URL that sqlx opens: a SQLite file is created when absent.
fn sqlx_url(engine: Engine, url: &str) -> String {
    match engine {
        Engine::Sqlite if !url.contains('?') => format!("{url}?mode=rwc"),
        _ => url.to_owned(),
    }
}

/// One connection of its own.
pub(super) async fn connection(engine: Engine, url: &str) -> Result<AnyConnection> {
    let mut conn = AnyConnection::connect(&sqlx_url(engine, url)).await?;
    if engine == Engine::Sqlite {
        conn.execute(SQLITE).await?;
    }
    Ok(conn)
}

/// A pool of `size` connections.
pub(super) async fn pool(engine: Engine, url: &str, size: u32) -> Result<AnyPool> {
    Ok(AnyPoolOptions::new()
        .max_connections(size)
        .acquire_timeout(Duration::from_secs(10))
        .after_connect(move |conn, _| {
            Box::pin(async move {
                if engine == Engine::Sqlite {
                    conn.execute(SQLITE).await?;
                }
                Ok(())
            })
        })
        .connect(&sqlx_url(engine, url))
        .await?)
}

/// The pool for reading.
pub(super) async fn readers(engine: Engine, url: &str) -> Result<AnyPool> {
    pool(engine, url, if engine == Engine::Sqlite { 4 } else { 16 }).await
}
