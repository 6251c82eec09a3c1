//! Which function does which kind of job.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use serde::de::DeserializeOwned;

use crate::core::Core;
use crate::{Error, Result, notices, people, voting};

type Handler = Arc<dyn Fn(Core, String) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// Kinds of jobs and what does them. Each room adds its own.
#[derive(Clone, Default)]
pub struct Handlers(BTreeMap<&'static str, Handler>);

impl Handlers {
    /// Starts with none.
    pub fn new() -> Self {
        Self::default()
    }

    /// Those of every room.
    pub fn all() -> Self {
        notices::jobs(people::jobs(voting::jobs(Self::new())))
    }

    /// Adds the handler of a kind; its payload is what was queued.
    #[must_use]
    pub fn on<P, W>(mut self, kind: &'static str, handler: impl Fn(Core, P) -> W + Send + Sync + 'static) -> Self
    where
        P: DeserializeOwned,
        W: Future<Output = Result<()>> + Send + 'static,
    {
        let handler: Handler = Arc::new(move |core, payload| match serde_json::from_str(&payload) {
            Ok(payload) => handler(core, payload).boxed(),
            Err(error) => std::future::ready(Err(Error::internal(format!("payload: {error}")))).boxed(),
        });
        self.0.insert(kind, handler);
        self
    }

    /// Starts a job of a kind. A kind that nobody handles fails and is tried again later: a newer
    /// server beside this one may know it.
    pub(super) fn start(&self, core: Core, kind: &str, payload: String) -> BoxFuture<'static, Result<()>> {
        match self.0.get(kind) {
            Some(handler) => handler(core, payload),
            None => std::future::ready(Err(Error::internal(format!("no handler for {kind}")))).boxed(),
        }
    }
}

impl fmt::Debug for Handlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
