//! The site folder: everything a browser asks for by a name, put together and switched at once.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Kind, compress, css, icons, outcome, wasm};
use crate::files;
use crate::layout::Layout;
use crate::steps::Outcome;

/// How much of the content's SHA-256 names a build: 48 bits, far beyond the builds of a lifetime.
const HASH_DIGITS: usize = 12;

/// The style sheets that pages ask for, each with all it imports.
const SHEETS: [&str; 2] = ["hs.css", "rooms.css"];

/// Puts the site together from the chunks made before, `style/` and `public/`.
///
/// The build's folder is named by its content, so the same sources lead to the same name and
/// nothing is made twice. It is complete before it gets its name, and `build.txt`, by which a
/// starting server finds it, is exchanged last.
///
/// # Errors
/// When a source is missing or faulty, or a file cannot be written.
pub fn assemble(layout: &Layout, kind: Kind) -> Result<Outcome> {
    let (site, stage) = (kind.site(layout), kind.scratch(layout).join("stage"));
    files::empty(&stage)?;
    gather(layout, kind, &stage)?;
    let hash = &files::digest_of_folder(&stage)?[..HASH_DIGITS];
    let published = publish(&site, &stage, hash, kind)?;
    let mirrored = mirror(layout, kind)?;
    Ok(outcome(published || mirrored))
}

/// Collects into `stage` what is served under the hash.
fn gather(layout: &Layout, kind: Kind, stage: &Path) -> Result<()> {
    let style = layout.root.join("style");
    let lucide = layout.e2e().join("node_modules/lucide-static/icons");
    files::copy_all(&wasm::folder(layout, kind), stage)?;
    for sheet in SHEETS {
        fs::write(stage.join(sheet), css::bundle(&style.join(sheet), kind)?)?;
    }
    fs::write(stage.join("icons.svg"), icons::sprite(&style.join("icons.txt"), &lucide)?)?;
    let pictures = style.join("img");
    if pictures.is_dir() {
        files::copy_all(&pictures, &stage.join("img"))?;
    }
    Ok(())
}

/// Moves `stage` to its name and points `build.txt` there; false when it is there already.
fn publish(site: &Path, stage: &Path, hash: &str, kind: Kind) -> Result<bool> {
    let (assets, pointer) = (site.join("assets"), site.join("build.txt"));
    let current = format!("assets/{hash}");
    let before = fs::read_to_string(&pointer).unwrap_or_default();
    let before = before.trim();
    if before == current && assets.join(hash).is_dir() {
        return Ok(false);
    }
    fs::create_dir_all(&assets)?;
    if !assets.join(hash).is_dir() {
        if kind == Kind::Release {
            compress::all(stage)?;
        }
        fs::rename(stage, assets.join(hash)).context("naming the build")?;
    }
    let next = site.join("build.txt.next");
    fs::write(&next, format!("{current}\n"))?;
    fs::rename(&next, &pointer)?;
    prune(&assets, &[hash, before.trim_start_matches("assets/")])?;
    Ok(true)
}

/// Deletes builds older than the one before.
fn prune(assets: &Path, kept: &[&str]) -> io::Result<()> {
    for build in fs::read_dir(assets)? {
        let build = build?;
        if !kept.iter().any(|name| build.file_name() == *name) {
            fs::remove_dir_all(build.path())?;
        }
    }
    Ok(())
}

/// Copies what has a fixed address; false when it had not changed.
fn mirror(layout: &Layout, kind: Kind) -> Result<bool> {
    let (public, target) = (layout.root.join("public"), kind.site(layout).join("public"));
    let stamp = kind.scratch(layout).join("public.stamp");
    let content = files::digest_of_folder(&public)?;
    if target.is_dir() && fs::read_to_string(&stamp).is_ok_and(|made| made == content) {
        return Ok(false);
    }
    files::empty(&target)?;
    files::copy_all(&public, &target)?;
    if kind == Kind::Release {
        compress::all(&target)?;
    }
    fs::write(stamp, content)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(folder: &Path, content: &str) -> Result<std::path::PathBuf> {
        let stage = folder.join("stage");
        files::empty(&stage)?;
        fs::write(stage.join("hs.js"), content)?;
        Ok(stage)
    }

    #[test]
    fn the_build_before_stays_and_older_ones_go() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-site-{}", std::process::id()));
        let site = folder.join("site");
        for build in ["one", "two", "three", "three"] {
            publish(&site, &stage(&folder, build)?, build, Kind::Dev)?;
        }
        let pointer = fs::read_to_string(site.join("build.txt"))?;
        let builds = files::below(&site.join("assets"))?;
        files::remove(&folder)?;
        assert_eq!(pointer, "assets/three\n");
        assert_eq!(builds, [Path::new("three/hs.js"), Path::new("two/hs.js")]);
        Ok(())
    }
}
