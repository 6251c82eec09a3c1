//! Brings the tables up to date at start. sqlx keeps the book of migrations and, on PostgreSQL, holds an
//! advisory lock, so that several servers may start at once; SQLite's own write lock serves there.

use super::Engine;
use crate::error::{Error, Result};
use sqlx::AnyPool;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

pub(super) async fn run(engine: Engine, pool: &AnyPool) -> Result<()> {
    MIGRATIONS.run(pool).await.map_err(|e| Error::internal(format!("migration on {engine:?}: {e}")))
}
