//! HS慧力生活 without its pages: the doors to the database, the rooms' rules and verbs, the router.

pub mod clock;
pub mod db;
pub mod error;
pub mod ids;

pub use error::{Error, Result};
