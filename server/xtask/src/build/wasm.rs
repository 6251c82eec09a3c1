//! The Wasm side: one compilation, then one chunk per lazy island.
//!
//! `#[island(lazy)]` compiles to a pair of functions, an import and an export, whose names carry
//! the chunk they belong to. The linker keeps its relocations (`--emit-relocs`, in
//! `.cargo/config.toml`), from which `wasm_split_cli_support` knows who calls whom and so which
//! code only one chunk reaches, which several share, and which the start needs. It writes
//!
//! - the main module, which wasm-bindgen then gives its JavaScript side (`hs.js`, `hs_bg.wasm`);
//! - one Wasm file per chunk, and per set of chunks with common code;
//! - a link script that loads chunks on demand into the main module's memory and function table.
//!   The main module shares these by its linker-made exports, so wasm-bindgen must keep them,
//!   and must leave names mangled since the link script spells them so;
//! - a manifest of which files a chunk needs, by which a server can print preload links.
//!
//! Splitting is not an optimisation one could leave out while programming: a lazy function's
//! import has no other provider.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use super::{Kind, optimise, outcome};
use crate::layout::Layout;
use crate::steps::Outcome;
use crate::{command, files};

/// The base name of what browsers load; the server's `output_name` says the same.
const NAME: &str = "hs";

/// The link script's and the manifest's names, as Leptos looks for them.
const LINK: &str = "__wasm_split.______________________.js";
const MANIFEST: &str = "__wasm_split_manifest.json";

/// Compiles `app` for browsers and returns the one, unsplit Wasm file.
///
/// # Errors
/// Cargo's.
pub fn compile(layout: &Layout, kind: Kind) -> Result<PathBuf> {
    let (profile, folder) = match kind {
        Kind::Release => ("wasm-release", "wasm-release"),
        Kind::Dev => ("dev", "debug"),
    };
    let target = "wasm32-unknown-unknown";
    let mut cargo = command::cargo(&layout.root);
    cargo
        .args(["build", "--package", "app", "--lib", "--target", target, "--profile", profile])
        .args(["--no-default-features", "--features", "hydrate"])
        // Either would replace the flags of `.cargo/config.toml`, and with them the relocations.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    command::run(&mut cargo)?;
    Ok(layout.target.join(target).join(folder).join("app.wasm"))
}

/// Where [`chunks`] leaves its files.
pub fn folder(layout: &Layout, kind: Kind) -> PathBuf {
    kind.scratch(layout).join("chunks")
}

/// Makes the chunks of `whole`, unless those of the same bytes are there.
///
/// # Errors
/// When a tool refuses its input or a file cannot be written.
pub fn chunks(layout: &Layout, kind: Kind, whole: &Path) -> Result<Outcome> {
    let bytes = fs::read(whole).with_context(|| whole.display().to_string())?;
    let recipe = recipe(layout, &bytes)?;
    let (folder, stamp) = (folder(layout, kind), kind.scratch(layout).join("chunks.stamp"));
    if folder.is_dir() && fs::read_to_string(&stamp).is_ok_and(|made| made == recipe) {
        return Ok(outcome(false));
    }
    files::empty(&folder)?;
    bind(&split(&bytes, &folder)?, &folder)?;
    if kind == Kind::Release {
        optimise::all(layout, &folder, &format!("{NAME}.js"))?;
    }
    fs::write(stamp, recipe)?;
    Ok(outcome(true))
}

/// What the chunks depend on: the Wasm, this very code, and the versions of the tools it calls.
fn recipe(layout: &Layout, whole: &[u8]) -> Result<String> {
    Ok(files::digest(&[
        whole,
        include_bytes!("wasm.rs"),
        include_bytes!("optimise.rs"),
        &fs::read(layout.root.join("Cargo.lock"))?,
        &fs::read(layout.e2e().join("package-lock.json"))?,
    ]))
}

/// Splits `whole` into `folder` and returns the main module, still without its JavaScript side.
fn split(whole: &[u8], folder: &Path) -> Result<PathBuf> {
    let main = folder.with_file_name("main.wasm");
    let (link, script) = (format!("./{LINK}"), format!("./{NAME}.js"));
    let mut options = wasm_split_cli_support::Options::new(whole);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = &link;
    options.main_module = &script;
    let split =
        wasm_split_cli_support::transform(options).map_err(|report| anyhow!("cannot split the Wasm: {report:#}"))?;
    // Sorted, so that the same input gives the same bytes and so the same hash.
    let manifest: BTreeMap<_, _> = split.prefetch_map.into_iter().collect();
    fs::write(folder.join(MANIFEST), serde_json::to_vec(&manifest)?)?;
    Ok(main)
}

/// Gives the main module its JavaScript side.
///
/// wasm-bindgen refuses a module that was compiled with another version of itself; both are
/// pinned to one version in the root `Cargo.toml`.
fn bind(main: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(main)
        .out_name(NAME)
        .web(true)?
        .keep_lld_exports(true)
        .demangle(false)
        .typescript(false)
        .remove_producers_section(true)
        .generate(folder)
        .context("wasm-bindgen")
}
