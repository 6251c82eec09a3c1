//! What rustup and cargo install for themselves.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::command;
use crate::layout::Layout;
use crate::steps::Outcome;

const WASM: &str = "wasm32-unknown-unknown";

/// Adds the browser's target to the toolchain in use.
///
/// # Errors
/// When rustup is missing or cannot fetch it.
pub fn wasm_target(layout: &Layout) -> Result<Outcome> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM]).current_dir(&layout.root);
    if Path::new(command::output(&mut rustc)?.trim()).is_dir() {
        return Ok(Outcome::Present);
    }
    let mut rustup = Command::new("rustup");
    command::run(rustup.args(["target", "add", WASM]).current_dir(&layout.root))?;
    Ok(Outcome::Done)
}

/// Whether the faster test runner is there.
pub fn has_nextest() -> bool {
    command::succeeds("cargo", &["nextest", "--version"])
}

/// Installs the faster test runner. Where that fails, the tests run under `cargo test`.
///
/// # Errors
/// None: doing without is an outcome.
pub fn nextest(layout: &Layout) -> Result<Outcome> {
    if has_nextest() {
        return Ok(Outcome::Present);
    }
    let mut cargo = command::cargo(&layout.root);
    match command::run(cargo.args(["install", "--locked", "cargo-nextest"])) {
        Ok(()) => Ok(Outcome::Done),
        Err(error) => {
            println!("  {error:#}");
            Ok(Outcome::Without)
        }
    }
}
