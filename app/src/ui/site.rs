//! What every handler of this program is given.

use std::sync::Arc;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use leptos::prelude::AnyView;
use server::Core;
use server::identity::limit::Floods;

/// The state of the page routes: the domain, and how a page is drawn.
#[derive(Clone, FromRef)]
pub struct Site {
    /// Database, clock, keys, files: what verbs work with.
    pub core: Core,
    /// Where the build's files are (`site_root`, `site_pkg_dir`).
    pub options: LeptosOptions,
    /// Draws the page of the request in context, from `<!DOCTYPE>` to the end.
    pub shell: Shell,
    /// Slows floods of forms.
    pub floods: Arc<Floods>,
}

/// See [`Site::shell`].
pub type Shell = fn(LeptosOptions) -> AnyView;
