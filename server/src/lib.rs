//! HS慧力生活 without its pages: the doors to the database, the rooms' rules and verbs, the router.

pub mod cli;
pub mod clock;
pub mod config;
pub mod core;
pub mod crypto;
pub mod dated;
pub mod db;
pub mod demo;
pub mod document;
pub mod error;
pub mod events;
pub mod files;
pub mod gateway;
pub mod identity;
pub mod ids;
pub mod inbox;
pub mod jobs;
mod listing;
pub mod memo;
pub mod notices;
pub mod observe;
pub mod people;
pub mod points;
pub mod poster;
pub mod rotation;
pub mod router;
pub mod sheets;
pub mod sse;
#[doc(hidden)]
pub mod testing;
pub mod voting;

pub use core::Core;
pub use error::{Error, Result};
