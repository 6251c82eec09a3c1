//! Copies of the SQLite database, taken and put back while the server runs. PostgreSQL has `pg_dump`.

use crate::config::Config;
use crate::core::Core;
use crate::db::{Engine, copy};
use crate::error::{Error, Result};
use std::path::Path;

/// Writes a consistent copy to `file`.
pub(super) async fn backup(config: &Config, file: &Path) -> Result<()> {
    only_sqlite(Engine::of(&config.database_url)?)?;
    if file.exists() {
        return Err(Error::internal(format!("{} exists already", file.display())));
    }
    copy::save(&config.database_url, &file.to_string_lossy()).await?;
    println!("written: {}", file.display());
    Ok(())
}

/// Replaces everything by what `file` holds, in one transaction.
pub(super) async fn restore(core: &Core, file: &Path) -> Result<()> {
    only_sqlite(core.db.engine())?;
    if !file.exists() {
        return Err(Error::internal(format!("{} does not exist", file.display())));
    }
    let tables = copy::load(&core.config.database_url, &file.to_string_lossy()).await?;
    println!("restored: {tables} tables from {}", file.display());
    Ok(())
}

fn only_sqlite(engine: Engine) -> Result<()> {
    match engine {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => Err(Error::internal("PostgreSQL is backed up with pg_dump and restored with pg_restore")),
    }
}
