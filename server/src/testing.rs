//! Foundations for tests: a fresh database on each engine, a clock that stands, ids that repeat.

use crate::crypto::{KeySource, Keyring, Keys};
use crate::{clock::Clock, config::Config, core::Core, ids::Ids};
use sqlx::{AssertSqlSafe, Connection, Executor};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// 2026-08-29 09:00 in Huangshan.
pub const START: contract::Millis = 1_787_965_200_000;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A server of its own for one test; its folder goes with it.
pub struct Fresh {
    core: Core,
    folder: PathBuf,
}

impl Deref for Fresh {
    type Target = Core;

    fn deref(&self) -> &Core {
        &self.core
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // What a killed test leaves behind, the next process of its number takes away.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A server on SQLite, and one on PostgreSQL when `TEST_DATABASE_URL` names a cluster (as `cargo xtask
/// test` does).
///
/// # Panics
/// When an engine cannot be set up: a test must not pass for want of one.
#[allow(clippy::unwrap_used, reason = "a test's setup fails loudly")]
pub async fn cores() -> Vec<Fresh> {
    let mut cores = vec![sqlite().await];
    if let Ok(cluster) = std::env::var("TEST_DATABASE_URL") {
        cores.push(postgres(&cluster).await);
    }
    cores
}

/// A server on SQLite, in a folder of its own.
///
/// # Panics
/// As [`cores`].
#[allow(clippy::unwrap_used, reason = "a test's setup fails loudly")]
pub async fn sqlite() -> Fresh {
    let folder = folder();
    open(&format!("sqlite:{}", folder.join("hs.db").display()), folder).await
}

async fn postgres(cluster: &str) -> Fresh {
    open(&fresh_database(cluster).await, folder()).await
}

/// Makes a database of its own in a PostgreSQL cluster and gives its URL.
///
/// # Panics
/// As [`cores`].
#[allow(clippy::unwrap_used, reason = "a test's setup fails loudly")]
pub async fn fresh_database(cluster: &str) -> String {
    let name = format!("hs_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
    let mut conn = sqlx::PgConnection::connect(cluster).await.unwrap();
    // A process number comes again: what an earlier run under it left behind goes first.
    conn.execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}"))).await.unwrap();
    let create = format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
    conn.execute(AssertSqlSafe(create)).await.unwrap();
    conn.close().await.unwrap();
    let (base, _) = cluster.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

/// The same server after its keyring was rotated: it seals with the newest key, and opens with all.
///
/// # Panics
/// When the keyring cannot be written or read.
#[allow(clippy::unwrap_used, reason = "a test's setup fails loudly")]
pub fn rotated(core: &Core) -> Core {
    Keyring::rotate_in(&KeySource::of(&core.config.keys), &core.ids).unwrap();
    let keys = Arc::new(Keys::load(&core.config, &core.ids).unwrap());
    Core { keys, ..core.clone() }
}

fn folder() -> PathBuf {
    let name = format!("hs-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
    let folder = std::env::temp_dir().join(name);
    // A process of an earlier run may have had the same number.
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

#[allow(clippy::unwrap_used, reason = "a test's setup fails loudly")]
async fn open(url: &str, folder: PathBuf) -> Fresh {
    std::fs::create_dir_all(&folder).unwrap();
    let config = Config::read(|name| match name {
        "DATABASE_URL" => Some(url.to_owned()),
        "HS_DATA" => Some(folder.display().to_string()),
        "HS_DEMO" => Some("1".to_owned()),
        _ => None,
    })
    .unwrap();
    let core = Core::with(config, Clock::fixed(START), Ids::seeded(7)).await.unwrap();
    Fresh { core, folder }
}
