//! From sources to what is deployed: one program and one folder.
//!
//! ```text
//! target/release/hs                the server
//! target/site/build.txt            one line: where the current build's files are, `assets/<hash>`
//! target/site/assets/<hash>/…      Wasm, scripts, styles, icons: cached by browsers for good
//! target/site/public/…             what has a fixed address: manifest, favicon, robots.txt
//! target/site/fonts/…              for posters and PDFs drawn by the server; not for browsers
//! ```
//!
//! The folder of the build before stays beside the current one: a page opened before a deploy
//! still finds the chunk that it loads after it. Beside each file that shrinks stand its `.br`
//! and `.gz`, so that the server never compresses a static file.

mod compress;
mod css;
mod fonts;
mod icons;
mod optimise;
mod server;
mod site;
mod wasm;

use std::path::PathBuf;

use anyhow::Result;

use crate::layout::Layout;
use crate::steps::{Outcome, Steps};

pub use fonts::SOURCES as FONTS;

/// What the build is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As deployed: small, compressed, slow to make.
    Release,
    /// While programming: quick to make, neither optimised nor compressed.
    Dev,
}

impl Kind {
    /// The folder with everything the server reads beside its database.
    pub fn site(self, layout: &Layout) -> PathBuf {
        layout.target.join(match self {
            Self::Release => "site",
            Self::Dev => "site-dev",
        })
    }

    /// Where this kind's half-made files are kept between builds.
    fn scratch(self, layout: &Layout) -> PathBuf {
        layout.scratch().join(match self {
            Self::Release => "release",
            Self::Dev => "dev",
        })
    }
}

/// What a build leaves.
#[derive(Clone, Debug)]
pub struct Built {
    /// The program `hs`.
    pub server: PathBuf,
    /// The folder it serves from.
    pub site: PathBuf,
}

/// Builds everything; each step does only what has changed since the last time.
///
/// # Errors
/// The first failing step's.
pub fn all(layout: &Layout, kind: Kind, steps: &mut Steps) -> Result<Built> {
    let site = browser_side(layout, kind, steps)?;
    let server = steps.make("server program", || server::compile(layout, kind))?;
    Ok(Built { server, site })
}

/// Builds what browsers load and returns the site folder.
///
/// # Errors
/// The first failing step's.
pub fn browser_side(layout: &Layout, kind: Kind, steps: &mut Steps) -> Result<PathBuf> {
    let whole = steps.make("islands: compile to Wasm", || wasm::compile(layout, kind))?;
    steps.check("islands: split, bind, optimise", || wasm::chunks(layout, kind, &whole))?;
    steps.check("site: styles, icons, hashed names, compression", || site::assemble(layout, kind))?;
    steps.check("site: fonts for posters", || fonts::copy(&kind.site(layout)))?;
    Ok(kind.site(layout))
}

/// `Present` when nothing had to be made.
fn outcome(made_something: bool) -> Outcome {
    if made_something { Outcome::Done } else { Outcome::Present }
}
