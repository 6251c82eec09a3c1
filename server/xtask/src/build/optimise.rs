//! Making a release's files as few and as small as they get before compression.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;
use crate::layout::Layout;
use crate::{files, parallel};

/// The Wasm features that rustc uses by default and that our oldest browsers (Chrome 96,
/// Safari 15) have. They are named here because the split-off files no longer name them.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Shrinks every Wasm file in `folder`, in place, and draws all scripts into `entry`.
///
/// # Errors
/// When a tool is missing (see `setup`) or refuses a file.
pub fn all(layout: &Layout, folder: &Path, entry: &str) -> Result<()> {
    scripts(layout, folder, entry)?;
    parallel::each(&having(folder, "wasm")?, |file| wasm(layout, file))
}

/// One script instead of several that import each other: a round trip less before the first
/// island. The chunks' addresses in it are relative to itself and stay right.
fn scripts(layout: &Layout, folder: &Path, entry: &str) -> Result<()> {
    let entry = folder.join(entry);
    let mut command = Command::new(layout.npm_program("esbuild"));
    command
        .args(["--bundle", "--format=esm", "--minify", "--target=chrome96,safari15"])
        .arg("--log-level=error")
        .arg(&entry);
    let bundle = command::output(&mut command)?;
    for script in having(folder, "js")? {
        fs::remove_file(script)?;
    }
    files::remove(&folder.join("snippets"))?;
    fs::write(&entry, bundle).with_context(|| entry.display().to_string())
}

fn wasm(layout: &Layout, file: &Path) -> Result<()> {
    let mut command = Command::new(layout.npm_program("wasm-opt"));
    command.arg("-Oz").args(FEATURES).arg(file).arg("-o").arg(file);
    command::output(&mut command).map(drop)
}

fn having(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let all = files::below(folder)?.into_iter().map(|name| folder.join(name));
    Ok(all.filter(|file| file.extension() == Some(OsStr::new(extension))).collect())
}
