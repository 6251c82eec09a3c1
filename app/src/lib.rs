//! Pages of HS慧力生活.
//!
//! Every page is a function of the request and is rendered on the server (feature `ssr`). What
//! moves on a page is an island; the browser's build (feature `hydrate`) contains the islands
//! and nothing else, each lazily loaded one in its own chunk.

#[cfg(feature = "ssr")]
rust_i18n::i18n!("locales", fallback = "zh-CN");

#[macro_use]
pub mod ui;

#[cfg(feature = "ssr")]
pub mod access;
#[cfg(feature = "ssr")]
mod app;
#[cfg(feature = "ssr")]
mod home;
#[cfg(feature = "ssr")]
mod shell;

#[cfg(feature = "ssr")]
pub use app::compose;

/// Starts the islands of the page. Leptos's script calls this by name once the module is loaded.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
