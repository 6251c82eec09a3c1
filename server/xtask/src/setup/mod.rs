//! What a bare machine lacks: a Rust target, Debian packages, npm packages, a test runner.
//!
//! Each step first looks whether its thing is there, which takes milliseconds. Where installing
//! needs rights that the caller does not have, the exact command is printed and nothing is done.

mod debian;
mod npm;
mod rights;
mod rust;

use anyhow::Result;

use crate::layout::Layout;
use crate::steps::Steps;

pub use debian::CHROMIUM;
pub use rights::is_root;
pub use rust::has_nextest;

/// What a release build needs.
///
/// # Errors
/// The first thing that is missing and could not be installed.
pub fn for_build(layout: &Layout, steps: &mut Steps) -> Result<()> {
    steps.check("rust target wasm32-unknown-unknown", || rust::wasm_target(layout))?;
    steps.check("fonts", || debian::install(&[debian::FONTS]))?;
    steps.check("npm packages", || npm::install(layout))
}

/// What the tests need beyond the build.
///
/// # Errors
/// The first thing that is missing and could not be installed.
pub fn for_tests(layout: &Layout, steps: &mut Steps) -> Result<()> {
    let packages = [debian::FONTS, debian::BROWSER, debian::DATABASE, debian::SQLITE];
    steps.check("Debian packages", || debian::install(&packages))?;
    for_build(layout, steps)?;
    steps.check("cargo-nextest", || rust::nextest(layout))
}
