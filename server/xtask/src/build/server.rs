//! The server program `hs`. What has changed, cargo knows best.

use std::path::PathBuf;

use anyhow::Result;

use super::Kind;
use crate::command;
use crate::layout::Layout;

/// Compiles `hs` and returns where it is.
///
/// # Errors
/// Cargo's.
pub fn compile(layout: &Layout, kind: Kind) -> Result<PathBuf> {
    let (profile, folder) = match kind {
        Kind::Release => ("release", "release"),
        Kind::Dev => ("dev", "debug"),
    };
    let mut cargo = command::cargo(&layout.root);
    cargo.args(["build", "--package", "app", "--bin", "hs", "--profile", profile]);
    command::run(&mut cargo)?;
    Ok(layout.target.join(folder).join("hs"))
}
