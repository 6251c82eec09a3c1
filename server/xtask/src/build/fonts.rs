//! Fonts that the server draws posters and PDFs with: a server has none of its own, and a
//! deployment is one program and one folder.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::outcome;
use crate::steps::Outcome;

/// Debian's Noto Sans CJK (package `fonts-noto-cjk`, SIL Open Font License).
pub const SOURCES: [&str; 2] =
    ["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"];

/// Copies the fonts into `fonts/` of the site, where they are not there yet.
///
/// # Errors
/// When a font is not installed (see `setup`) or cannot be written.
pub fn copy(site: &Path) -> Result<Outcome> {
    let folder = site.join("fonts");
    fs::create_dir_all(&folder)?;
    let mut copied = false;
    for source in SOURCES.map(Path::new) {
        let size = |path: &Path| fs::metadata(path).map(|file| file.len());
        let wanted = size(source).with_context(|| source.display().to_string())?;
        let target = folder.join(source.file_name().unwrap_or_default());
        if size(&target).ok() != Some(wanted) {
            fs::copy(source, &target).with_context(|| target.display().to_string())?;
            copied = true;
        }
    }
    Ok(outcome(copied))
}
