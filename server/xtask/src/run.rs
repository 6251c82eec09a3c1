//! `cargo xtask run`: from a bare machine to the demo city on 127.0.0.1:3000.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result};

use crate::build::{self, Built, Kind};
use crate::command;
use crate::layout::Layout;
use crate::setup;
use crate::steps::{Outcome, Steps};

/// Installs, builds and fills what is missing, then becomes the server.
///
/// # Errors
/// The first failing step's.
pub fn run(layout: &Layout) -> Result<()> {
    let (built, mut steps) = build(layout)?;
    steps.check("demo city", || demo(layout, &built))?;
    println!("\n{steps}\n");
    let failure = hs(layout, &built).arg("serve").exec();
    Err(failure).context("starting the server")
}

/// Installs what is missing and builds for release: what a deployment consists of.
///
/// # Errors
/// The first failing step's.
pub fn build(layout: &Layout) -> Result<(Built, Steps)> {
    let mut steps = Steps::default();
    setup::for_build(layout, &mut steps)?;
    let built = build::all(layout, Kind::Release, &mut steps)?;
    Ok((built, steps))
}

/// Fills the demo city's database, unless there is one.
///
/// A marker tells a filling that was cut off, so that it starts afresh the next time; any other
/// database is left alone. Where `DATABASE_URL` names another place, the program itself sees
/// whether there is something to fill.
///
/// # Errors
/// The server program's.
pub fn demo(layout: &Layout, built: &Built) -> Result<Outcome> {
    let data = layout.root.join("data");
    let filling = data.join("filling");
    if std::env::var_os("DATABASE_URL").is_none() {
        if filling.exists() {
            for part in ["hs.db", "hs.db-wal", "hs.db-shm"] {
                let _ = fs::remove_file(data.join(part));
            }
        }
        if data.join("hs.db").exists() {
            return Ok(Outcome::Present);
        }
    }
    fs::create_dir_all(&data)?;
    fs::write(&filling, "")?;
    command::run(hs(layout, built).arg("demo"))?;
    fs::remove_file(&filling)?;
    Ok(Outcome::Done)
}

/// The server program, in the workspace so that its relative paths lead there.
pub fn hs(layout: &Layout, built: &Built) -> Command {
    let mut hs = Command::new(&built.server);
    hs.current_dir(&layout.root).env("HS_SITE", &built.site);
    if std::env::var_os("HS_DEMO").is_none() {
        hs.env("HS_DEMO", "1");
    }
    hs
}
