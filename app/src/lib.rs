//! Pages of HS慧力生活.
//!
//! Every page is a function of the request and is rendered on the server (feature `ssr`). What
//! moves on a page is an island; the browser's build (feature `hydrate`) contains the islands
//! and nothing else, each lazily loaded one in its own chunk.

// Views are types nested as deeply as their elements; the compiler's default of 128 is not enough.
#![recursion_limit = "256"]

#[cfg(feature = "ssr")]
rust_i18n::i18n!("locales", fallback = "zh-CN");

#[macro_use]
pub mod ui;

pub mod notices;
pub mod people;
pub mod scan;
pub mod voting;

#[cfg(feature = "ssr")]
pub mod access;
#[cfg(feature = "ssr")]
mod app;
#[cfg(feature = "ssr")]
mod home;
#[cfg(feature = "ssr")]
mod identity;
#[cfg(feature = "ssr")]
mod inbox;
#[cfg(feature = "ssr")]
mod jobs;
#[cfg(feature = "ssr")]
mod points;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod today;

#[cfg(feature = "ssr")]
pub use app::{addresses, compose, pages};

/// Starts what moves on the page. Leptos's script calls this by name once the module is loaded.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    ui::live::start();
    leptos::mount::hydrate_islands();
}
