//! Debian packages.

use std::path::Path;

use anyhow::Result;

use super::rights;
use crate::build;
use crate::postgres;
use crate::steps::Outcome;

/// Where Debian puts the browser that the journeys run in.
pub const CHROMIUM: &str = "/usr/bin/chromium";

/// A package, and how to see that it (or the same thing from elsewhere) is there.
#[derive(Clone, Copy)]
pub struct Package {
    name: &'static str,
    present: fn() -> bool,
}

/// Chinese glyphs for posters and for the browser's screenshots.
pub const FONTS: Package =
    Package { name: "fonts-noto-cjk", present: || build::FONTS.iter().all(|font| Path::new(font).exists()) };

/// The browser.
pub const BROWSER: Package = Package { name: "chromium", present: || Path::new(CHROMIUM).exists() };

/// PostgreSQL's own programs, from which the tests start a cluster of their own.
pub const DATABASE: Package = Package { name: "postgresql", present: || postgres::programs().is_some() };

/// SQLite's own program, with which the journeys put into a database what no page can.
pub const SQLITE: Package = Package { name: "sqlite3", present: || Path::new("/usr/bin/sqlite3").exists() };

/// Installs those of `packages` that are missing.
///
/// # Errors
/// When we may not install, or apt fails.
pub fn install(packages: &[Package]) -> Result<Outcome> {
    let missing = packages.iter().filter(|package| !(package.present)());
    let missing: Vec<_> = missing.map(|package| package.name).collect();
    if missing.is_empty() {
        return Ok(Outcome::Present);
    }
    let quietly = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "--yes", "--no-install-recommends"];
    rights::run_as_root(&[&["apt-get", "update"], &[&quietly[..], &missing].concat()])?;
    Ok(Outcome::Done)
}
