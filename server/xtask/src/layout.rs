//! Where things are.

use std::path::{Path, PathBuf};

/// The folders the commands work in, all absolute.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The workspace: where the root `Cargo.toml` is.
    pub root: PathBuf,
    /// Cargo's build folder.
    pub target: PathBuf,
}

impl Layout {
    /// The workspace this program was built from.
    pub fn here() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .map_or_else(|| PathBuf::from("."), Path::to_path_buf);
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        Self { root, target }
    }

    /// Playwright journeys, and the npm packages the build uses.
    pub fn e2e(&self) -> PathBuf {
        self.root.join("e2e")
    }

    /// A program that an npm package in `e2e` brought along.
    pub fn npm_program(&self, name: &str) -> PathBuf {
        self.e2e().join("node_modules/.bin").join(name)
    }

    /// Working files of this program; may be deleted at any time.
    pub fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }
}
