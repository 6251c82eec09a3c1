//! Who waits for which changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// Everybody on this server who waits for changes, by topic.
#[derive(Clone, Debug, Default)]
pub(super) struct Watches(Arc<Mutex<HashMap<String, Vec<Arc<Notify>>>>>);

impl Watches {
    pub(super) fn watch(&self, topics: Vec<String>) -> Watch {
        let bell = Arc::new(Notify::new());
        let mut watches = self.lock();
        for topic in &topics {
            watches.entry(topic.clone()).or_default().push(bell.clone());
        }
        drop(watches);
        Watch { bell, topics, watches: self.clone() }
    }

    /// Wakes who waits for a topic.
    pub(super) fn wake(&self, topic: &str) {
        self.lock().get(topic).into_iter().flatten().for_each(|bell| bell.notify_one());
    }

    /// Wakes everybody: something may have been missed.
    pub(super) fn wake_all(&self) {
        self.lock().values().flatten().for_each(|bell| bell.notify_one());
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Vec<Arc<Notify>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for changes of some topics, from the moment it was made. A change is a hint to look again, never
/// the data itself.
#[derive(Debug)]
pub struct Watch {
    /// Rung once however many changes there were since it was last heard.
    bell: Arc<Notify>,
    topics: Vec<String>,
    watches: Watches,
}

impl Watch {
    /// Waits until one of the topics has changed, or may have: a server that was cut off from the others has
    /// perhaps missed something.
    pub async fn changed(&mut self) {
        self.bell.notified().await;
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut watches = self.watches.lock();
        for topic in &self.topics {
            if let Some(bells) = watches.get_mut(topic) {
                bells.retain(|bell| !Arc::ptr_eq(bell, &self.bell));
                if bells.is_empty() {
                    watches.remove(topic);
                }
            }
        }
    }
}
