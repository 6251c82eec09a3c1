//! The turnout as it changes, for all who watch it on this server together: one query a change, and at most one a
//! second, however many watch.

use super::browse::sum;
use super::found::announced;
use super::store::roll;
use super::topic;
use crate::core::Core;
use crate::db::Watch;
use crate::error::{Error, Result};
use crate::identity::{Caller, Verb};
use contract::ids::VoteId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// Least time between two looks: a busy poll must keep neither database nor browsers busy.
const PAUSE: Duration = Duration::from_secs(1);

/// What watchers of one vote receive: a [`Turnout`](contract::voting::Turnout) as JSON, written once for all.
pub type Latest = watch::Receiver<Arc<str>>;

/// The votes that somebody watches.
#[derive(Debug, Default)]
pub struct Watched(Mutex<HashMap<VoteId, watch::Sender<Arc<str>>>>);

impl Watched {
    fn join(&self, vote: &VoteId) -> Option<Latest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(vote).map(watch::Sender::subscribe)
    }

    /// Joins, or begins with what the caller found; then the caller follows the vote.
    fn begin(&self, vote: &VoteId, first: Arc<str>) -> (Latest, Option<watch::Sender<Arc<str>>>) {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = watched.get(vote) {
            return (sender.subscribe(), None);
        }
        let (sender, receiver) = watch::channel(first);
        watched.insert(vote.clone(), sender.clone());
        (receiver, Some(sender))
    }

    /// Ends what nobody watches any more; false when somebody came meanwhile.
    fn end(&self, vote: &VoteId, sender: &watch::Sender<Arc<str>>) -> bool {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let alone = sender.receiver_count() == 0;
        if alone {
            watched.remove(vote);
        }
        alone
    }
}

/// The turnout of a vote now and after each change, for its workers.
///
/// # Errors
/// `NotFound` (unknown, or a draft), `SignIn`, `SecondFactor`, `Forbidden`.
pub async fn watch_turnout(caller: &Caller, core: &Core, vote: &VoteId) -> Result<Latest> {
    caller.allow_somewhere(Verb::VotingList)?;
    let mut conn = core.db.read().await?;
    let stored = announced(&mut conn, vote).await?;
    drop(conn);
    caller.allow(Verb::VotingList, &stored.area)?;
    let watched = core.watched.clone();
    if let Some(latest) = watched.join(vote) {
        return Ok(latest);
    }
    // Watched from before the first look, so that nothing falls between the two.
    let changes = core.db.watch([topic(vote)]);
    let (latest, begun) = watched.begin(vote, look(core, vote).await?);
    if let Some(sender) = begun {
        tokio::spawn(follow(core.clone(), vote.clone(), watched, sender, changes));
    }
    Ok(latest)
}

async fn look(core: &Core, vote: &VoteId) -> Result<Arc<str>> {
    let turnout = sum(roll::turnout(&mut *core.db.read().await?, vote).await?);
    serde_json::to_string(&turnout).map(Arc::from).map_err(Error::internal)
}

/// Looks again after each change, while anybody watches.
async fn follow(core: Core, vote: VoteId, watched: Arc<Watched>, sender: watch::Sender<Arc<str>>, mut changes: Watch) {
    loop {
        let watching = tokio::select! {
            () = changes.changed() => true,
            () = sender.closed() => false,
        };
        if !watching {
            if watched.end(&vote, &sender) {
                return;
            }
            continue;
        }
        match look(&core, &vote).await {
            Ok(turnout) => drop(sender.send_replace(turnout)),
            Err(error) => tracing::warn!(%error, %vote, "the turnout could not be read"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
