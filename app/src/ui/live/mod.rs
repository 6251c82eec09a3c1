//! What moves on every page, part of the module that every page loads.
//!
//! Plain functions over elements that the server rendered: without views or signals they add
//! next to nothing to that module, and a page needs no further file for them. What only some
//! pages have is an island in a chunk of its own.

mod aloud;
mod badge;
mod connection;
pub mod countdown;
mod drafts;
mod page;
mod storage;

/// Starts all of it, once a page.
pub fn start() {
    connection::start();
    drafts::start();
    badge::start();
    aloud::start();
    countdown::start();
}
