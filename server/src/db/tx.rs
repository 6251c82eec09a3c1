//! What a writer works with inside the transaction.

use crate::{clock::Clock, ids::Ids};
use contract::Millis;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection};

/// A transaction under way: its connection, its moment, its ids, and what it will announce.
#[derive(Debug)]
pub struct Tx {
    conn: Conn,
    clock: Clock,
    ids: Ids,
    now: Millis,
    changes: Vec<String>,
}

#[derive(Debug)]
pub(super) enum Conn {
    Own(AnyConnection),
    Pooled(PoolConnection<Any>),
}

impl Tx {
    pub(super) fn new(conn: Conn, clock: Clock, ids: Ids) -> Self {
        let now = clock.now();
        Self { conn, clock, ids, now, changes: Vec::new() }
    }

    /// Starts over for the next caller (or the next try): later moment, nothing to announce.
    pub(super) fn restart(&mut self) {
        self.now = self.clock.now();
        self.changes.clear();
    }

    pub(super) fn take_changes(&mut self) -> Vec<String> {
        std::mem::take(&mut self.changes)
    }

    /// The connection, for the store's functions.
    pub fn conn(&mut self) -> &mut AnyConnection {
        match &mut self.conn {
            Conn::Own(conn) => conn,
            Conn::Pooled(conn) => conn,
        }
    }

    /// The moment of this transaction.
    pub fn now(&self) -> Millis {
        self.now
    }

    /// A fresh id of the type wanted.
    pub fn id<T: contract::ids::Fresh>(&self) -> T {
        T::fresh(self.ids.next(self.now))
    }

    /// Random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        self.ids.bytes()
    }

    /// Announces a change once it is committed: live pages and caches hang on it.
    pub fn change(&mut self, topic: impl Into<String>) {
        self.changes.push(topic.into());
    }
}
