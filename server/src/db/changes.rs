//! The stream of committed changes: in-process on SQLite, LISTEN/NOTIFY between servers on PostgreSQL.
//!
//! A change is a hint to look again, never the data itself; who missed one (a lagging page, a broken
//! connection) reads the state and is right again.

use super::Engine;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::broadcast;

/// Something that changed, named by topic (`inbox:<person>`, `voting:<vote>`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What to look at again.
    pub topic: String,
}

/// How long PostgreSQL's notices are gathered: a notice per commit would put all commits in one line.
const GATHER: Duration = Duration::from_millis(50);
/// Bytes of topics in one notice (PostgreSQL allows 8,000).
const NOTICE: usize = 7_000;
const CHANNEL: &str = "hs_changes";

/// Both ends of the stream. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Changes {
    here: broadcast::Sender<Change>,
    away: Option<Away>,
}

#[derive(Clone, Debug)]
struct Away {
    url: Arc<str>,
    gathered: Arc<Mutex<BTreeSet<String>>>,
}

impl Changes {
    pub(super) fn new(engine: Engine, url: &str) -> Self {
        let (here, _) = broadcast::channel(4096);
        let away = (engine == Engine::Postgres).then(|| Away { url: url.into(), gathered: Arc::default() });
        if let Some(away) = &away {
            tokio::spawn(away.clone().listen(here.clone()));
            tokio::spawn(away.clone().send());
        }
        Self { here, away }
    }

    pub(super) fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.here.subscribe()
    }

    /// Tells of what a commit changed.
    pub(super) fn announce(&self, changes: Vec<Change>) {
        match &self.away {
            // Our own notices come back to us: nobody hears twice.
            Some(away) => away.lock().extend(changes.into_iter().map(|change| change.topic)),
            None => {
                for change in changes {
                    let _ = self.here.send(change);
                }
            }
        }
    }

    /// Sends what is gathered now.
    pub(super) async fn flush(&self) {
        if let Some(away) = &self.away
            && let Ok(pool) = away.pool().await
        {
            away.send_gathered(&pool).await;
        }
    }
}

impl Away {
    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.gathered.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    async fn pool(&self) -> Result<sqlx::PgPool, sqlx::Error> {
        sqlx::postgres::PgPoolOptions::new().max_connections(1).connect(&self.url).await
    }

    async fn send(self) {
        loop {
            match self.pool().await {
                Ok(pool) => loop {
                    tokio::time::sleep(GATHER).await;
                    if Arc::strong_count(&self.gathered) <= 2 {
                        return;
                    }
                    if !self.send_gathered(&pool).await {
                        break;
                    }
                },
                Err(error) => tracing::warn!(%error, "cannot send changes to other servers"),
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn send_gathered(&self, pool: &sqlx::PgPool) -> bool {
        let topics = std::mem::take(&mut *self.lock());
        let mut notice = String::new();
        let mut notices = Vec::new();
        for topic in topics {
            if notice.len() + topic.len() > NOTICE {
                notices.push(std::mem::take(&mut notice));
            }
            notice.push_str(&topic);
            notice.push('\n');
        }
        if !notice.is_empty() {
            notices.push(notice);
        }
        for notice in notices {
            if sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(notice).execute(pool).await.is_err() {
                return false;
            }
        }
        true
    }

    async fn listen(self, here: broadcast::Sender<Change>) {
        while Arc::strong_count(&self.gathered) > 2 || here.receiver_count() > 0 {
            if let Ok(mut listener) = sqlx::postgres::PgListener::connect(&self.url).await
                && listener.listen(CHANNEL).await.is_ok()
            {
                while let Ok(notice) = listener.recv().await {
                    for topic in notice.payload().lines() {
                        let _ = here.send(Change { topic: topic.to_owned() });
                    }
                }
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}
