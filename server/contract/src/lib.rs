//! What server and Wasm agree on: ids, inputs, views, validation and errors. One file per room.
//!
//! This crate is pure: no clock, no I/O, no SQL (the `db` feature only teaches the id types to
//! travel through sqlx). An island may use its checks before a form is sent; the server always
//! uses them again.

pub mod area;
pub mod check;
pub mod error;
pub mod identity;
pub mod ids;
pub mod inbox;
pub mod jobs;
pub mod local;
pub mod locale;
pub mod measure;
pub mod notices;
pub mod page;
pub mod people;
pub mod points;
pub mod role;
pub mod voting;

pub use area::AreaId;
pub use error::{Error, Fault, Issue, Refusal, Result};
pub use locale::Locale;
pub use page::{Page, PageRequest};
pub use role::Role;

/// A moment in epoch milliseconds, as stored.
pub type Millis = i64;
