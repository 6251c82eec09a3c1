//! Programs in `e2e` that drive a browser against the built server.

use std::process::Command;

use crate::build::Built;
use crate::layout::Layout;
use crate::postgres::Cluster;
use crate::setup;

/// `program`, told by its environment what to test:
///
/// - `HS_BIN`: the server program; `HS_SITE`: its site folder;
/// - `CHROMIUM`: the browser;
/// - `TEST_DATABASE_URL`: a PostgreSQL cluster in which databases may be made.
pub fn program(mut program: Command, layout: &Layout, built: &Built, cluster: &Cluster) -> Command {
    program
        .current_dir(layout.e2e())
        .env("HS_BIN", &built.server)
        .env("HS_SITE", &built.site)
        .env("CHROMIUM", setup::CHROMIUM)
        .env("TEST_DATABASE_URL", cluster.url());
    program
}

/// Playwright's test runner with `arguments`.
pub fn playwright(layout: &Layout, arguments: &[String]) -> Command {
    let mut playwright = Command::new(layout.npm_program("playwright"));
    playwright.arg("test").args(arguments);
    playwright
}
