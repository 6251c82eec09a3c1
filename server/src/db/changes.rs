//! The stream of committed changes: in-process, and between servers by PostgreSQL's LISTEN/NOTIFY.

use super::watch::Watches;
use super::{Engine, Watch};
use crate::ids::Ids;
use sqlx::postgres::{PgListener, PgPool, PgPoolOptions};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// How long PostgreSQL's notices are gathered: a notice per commit would put all commits in one line.
const GATHER: Duration = Duration::from_millis(50);
/// Bytes of topics in one notice (PostgreSQL allows 8,000).
const NOTICE: usize = 7_000;
const CHANNEL: &str = "hs_changes";
/// Pause before a broken connection is tried again.
const PAUSE: Duration = Duration::from_secs(1);
/// How often each server says that it is there.
const BEAT: Duration = Duration::from_secs(10);
/// Who hears nothing for so long, not even itself, has a connection that is broken without having said so.
const DEAF: Duration = Duration::from_secs(35);

/// Both ends of the stream. Cheap to clone; the way to other servers ends with the last clone.
#[derive(Clone, Debug)]
pub(super) struct Changes {
    here: Watches,
    away: Option<Arc<Away>>,
}

/// The way to other servers.
#[derive(Debug)]
struct Away {
    url: String,
    /// Heads each notice, so that a server does not hear its own.
    name: String,
    gathered: Mutex<BTreeSet<String>>,
    /// Is what other servers tell heard?
    hears: AtomicBool,
}

impl Changes {
    /// Opens the stream; whatever other servers commit from then on is heard.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub(super) async fn open(engine: Engine, url: &str, ids: &Ids) -> Result<Self, sqlx::Error> {
        let here = Watches::default();
        if engine == Engine::Sqlite {
            return Ok(Self { here, away: None });
        }
        let away = Away {
            url: url.to_owned(),
            name: hex::encode(ids.bytes::<8>()),
            gathered: Mutex::default(),
            hears: AtomicBool::new(true),
        };
        let (away, listener, pool) = (Arc::new(away), listener(url).await?, pool(url).await?);
        tokio::spawn(listen(Arc::downgrade(&away), here.clone(), listener));
        tokio::spawn(send(Arc::downgrade(&away), pool));
        Ok(Self { here, away: Some(away) })
    }

    pub(super) fn watch(&self, topics: Vec<String>) -> Watch {
        self.here.watch(topics)
    }

    /// Is it heard here what other servers change? True where there are none.
    pub(super) fn heard(&self) -> bool {
        self.away.as_ref().is_none_or(|away| away.hears.load(Ordering::SeqCst))
    }

    /// Tells of what a commit changed.
    pub(super) fn announce(&self, topics: Vec<String>) {
        topics.iter().for_each(|topic| self.here.wake(topic));
        if let Some(away) = &self.away {
            away.lock().extend(topics);
        }
    }

    /// Sends what is gathered now.
    pub(super) async fn flush(&self) {
        let Some(away) = &self.away else { return };
        let sent = async { away.send(&pool(&away.url).await?).await };
        if let Err(error) = sent.await {
            tracing::warn!(%error, "the last changes were not sent to other servers");
        }
    }
}

impl Away {
    fn lock(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn send(&self, pool: &PgPool) -> Result<(), sqlx::Error> {
        let topics = std::mem::take(&mut *self.lock());
        for notice in self.notices(&topics) {
            if let Err(error) = tell(pool, &notice).await {
                // To be told later; what was told already only makes others look twice.
                self.lock().extend(topics);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Says that this server is there, and that who hears it is not cut off.
    async fn beat(&self, pool: &PgPool) -> Result<(), sqlx::Error> {
        tell(pool, &self.name).await
    }

    /// Topics put together: our name, then a topic a line.
    fn notices(&self, topics: &BTreeSet<String>) -> Vec<String> {
        let mut notices: Vec<String> = Vec::new();
        for topic in topics {
            match notices.last_mut() {
                Some(notice) if notice.len() + topic.len() < NOTICE => {
                    notice.push('\n');
                    notice.push_str(topic);
                }
                _ => notices.push(format!("{}\n{topic}", self.name)),
            }
        }
        notices
    }

    /// Wakes whoever waits for what another server tells.
    fn hear(&self, notice: &str, here: &Watches) {
        let mut lines = notice.lines();
        if lines.next() != Some(&self.name) {
            lines.for_each(|topic| here.wake(topic));
        }
    }
}

async fn pool(url: &str) -> Result<PgPool, sqlx::Error> {
    PgPoolOptions::new().max_connections(1).connect(url).await
}

async fn tell(pool: &PgPool, notice: &str) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(notice).execute(pool).await.map(drop)
}

async fn listener(url: &str) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Sends what is gathered, now and again. The pool connects anew by itself.
async fn send(away: Weak<Away>, pool: PgPool) {
    let mut beaten = Instant::now();
    loop {
        tokio::time::sleep(GATHER).await;
        let Some(away) = away.upgrade() else { return };
        let mut sent = away.send(&pool).await;
        if sent.is_ok() && beaten.elapsed() > BEAT {
            sent = away.beat(&pool).await;
            beaten = Instant::now();
        }
        if let Err(error) = sent {
            tracing::warn!(%error, "cannot send changes to other servers");
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Hands on what other servers tell. A connection that breaks is made anew, and everybody looks again.
async fn listen(away: Weak<Away>, here: Watches, mut listener: PgListener) {
    loop {
        let heard = timeout(DEAF, listener.try_recv()).await;
        let Some(away) = away.upgrade() else { return };
        if let Ok(Ok(Some(notice))) = heard {
            away.hear(notice.payload(), &here);
        } else {
            tracing::warn!("the connection that hears of other servers' changes broke");
            away.hears.store(false, Ordering::SeqCst);
            listener = again(&away.url).await;
            away.hears.store(true, Ordering::SeqCst);
            here.wake_all();
        }
    }
}

async fn again(url: &str) -> PgListener {
    loop {
        match listener(url).await {
            Ok(listener) => return listener,
            Err(error) => tracing::warn!(%error, "cannot hear of other servers' changes"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
