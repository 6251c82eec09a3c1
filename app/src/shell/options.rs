//! Where the build's files are.

use std::io;
use std::sync::Arc;

use leptos::config::LeptosOptions;
use server::config::Config;

/// The base name of Wasm and its script, as the build names them.
const NAME: &str = "hs";
/// The file in the site folder whose one line names the build's folder: `assets/<hash>`.
const POINTER: &str = "build.txt";

/// What Leptos needs to know, read once at start.
///
/// # Errors
/// When the site folder holds no build.
pub fn options(config: &Config) -> io::Result<LeptosOptions> {
    let pointer = config.site.join(POINTER);
    let build = std::fs::read_to_string(&pointer)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", pointer.display())))?;
    let site_root: Arc<str> = config.site.to_string_lossy().into();
    let build: Arc<str> = build.trim().into();
    Ok(LeptosOptions::builder().output_name(NAME).site_root(site_root).site_pkg_dir(build).build())
}
