//! Brings the tables up to date at start, one server after the other. sqlx keeps the book of migrations and, on
//! PostgreSQL, holds an advisory lock; beside a SQLite database lies a file to lock.

use super::Engine;
use super::open::path;
use crate::error::{Error, Result};
use sqlx::AnyPool;
use std::fs::File;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

pub(super) async fn run(engine: Engine, url: &str, pool: &AnyPool) -> Result<()> {
    let _lock = match engine {
        Engine::Sqlite => Some(lock(format!("{}.lock", path(url))).await?),
        Engine::Postgres => None,
    };
    MIGRATIONS.run(pool).await.map_err(|e| Error::internal(format!("migration on {engine:?}: {e}")))
}

/// Waits for the lock on a file; it is let go with the file.
async fn lock(path: String) -> Result<File> {
    let locked = tokio::task::spawn_blocking(move || {
        let file = File::create(path)?;
        file.lock().map(|()| file)
    });
    locked.await.map_err(Error::internal)?.map_err(Error::internal)
}
