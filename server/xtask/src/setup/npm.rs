//! npm packages: the browser's driver and checks for `e2e`, and the build's Wasm optimiser,
//! script bundler and icons.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;
use crate::files;
use crate::layout::Layout;
use crate::steps::Outcome;

/// Installs exactly what `e2e/package-lock.json` names, unless that was done before.
///
/// # Errors
/// When npm is missing or fails.
pub fn install(layout: &Layout) -> Result<Outcome> {
    let folder = layout.e2e();
    let lock = fs::read(folder.join("package-lock.json")).context("e2e/package-lock.json")?;
    let (wanted, stamp) = (files::digest(&[lock]), folder.join("node_modules/.installed"));
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(Outcome::Present);
    }
    let mut npm = Command::new("npm");
    // No package may run a program of its own, or fetch a browser, while being installed.
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(&folder);
    command::run(&mut npm).context("Node.js and npm are needed (Debian: nodejs, npm)")?;
    fs::write(stamp, wanted)?;
    Ok(Outcome::Done)
}
