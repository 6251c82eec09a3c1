//! The app as tests ask it.

use axum::Router;
use server::Core;
use server::config::Config;
use server::testing::{self, Fresh};

/// A server with a site folder that holds a style sheet and nothing else: pages only name the files. `change` sets what the test
/// is about. The server's folder goes with what is given back first.
pub async fn app(change: impl FnOnce(Config) -> Config) -> (Fresh, Router) {
    let fresh = testing::sqlite().await;
    let site = fresh.config.data.join("site");
    std::fs::create_dir_all(site.join("assets/test")).expect("a folder");
    std::fs::write(site.join("build.txt"), "assets/test").expect("a file");
    std::fs::write(site.join("assets/test/hs.css"), "body { color: #123456 }").expect("a file");
    std::fs::write(site.join("assets/test/rooms.css"), "table { color: #654321 }").expect("a file");
    let config = change(Config { site, ..fresh.config.as_ref().clone() });
    let core = Core { config: std::sync::Arc::new(config), ..fresh.clone() };
    let app = app::compose(core).expect("the app");
    (fresh, app)
}
