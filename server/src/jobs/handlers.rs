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
pub struct Handlers {
    all: BTreeMap<&'static str, Handler>,
    /// Kinds that wait for programs of others.
    outside: Vec<&'static str>,
}

/// Which jobs a worker takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Whatever is due.
    All,
    /// What waits for nobody outside, kinds that this server does not know included.
    Inside,
    /// What waits for programs of others, such as gateways: however long these take, it holds up nothing else.
    Outside,
}

/// The kinds that a worker takes up, or leaves.
#[derive(Clone, Debug)]
pub(super) enum Kinds {
    All,
    Only(Vec<&'static str>),
    Not(Vec<&'static str>),
}

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
        self.all.insert(kind, handler);
        self
    }

    /// The same for a kind that waits for programs of others: [`Group::Outside`].
    #[must_use]
    pub fn outside<P, W>(mut self, kind: &'static str, handler: impl Fn(Core, P) -> W + Send + Sync + 'static) -> Self
    where
        P: DeserializeOwned,
        W: Future<Output = Result<()>> + Send + 'static,
    {
        self.outside.push(kind);
        self.on(kind, handler)
    }

    /// What workers of a group take up.
    pub(super) fn kinds(&self, group: Group) -> Kinds {
        match group {
            Group::All => Kinds::All,
            Group::Inside => Kinds::Not(self.outside.clone()),
            Group::Outside => Kinds::Only(self.outside.clone()),
        }
    }

    /// Starts a job of a kind. A kind that nobody handles fails and is tried again later: a newer
    /// server beside this one may know it.
    pub(super) fn start(&self, core: Core, kind: &str, payload: String) -> BoxFuture<'static, Result<()>> {
        match self.all.get(kind) {
            Some(handler) => handler(core, payload),
            None => std::future::ready(Err(Error::internal(format!("no handler for {kind}")))).boxed(),
        }
    }
}

impl fmt::Debug for Handlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.all.keys()).finish()
    }
}
