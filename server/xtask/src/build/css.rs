//! Styles: a sheet of `style/` with all it imports, as one small file.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use lightningcss::targets::{Browsers, Targets};

use super::Kind;

/// A browser version as lightningcss writes it: the major number in the third byte.
const fn major(version: u32) -> Option<u32> {
    Some(version << 16)
}

/// The oldest browsers that the islands run in; newer syntax is rewritten for them.
const OLDEST: Browsers = Browsers {
    android: major(96),
    chrome: major(96),
    edge: major(96),
    firefox: major(94),
    ie: None,
    ios_saf: major(15),
    opera: None,
    safari: major(15),
    samsung: None,
};

/// Bundles `main` with its imports.
///
/// # Errors
/// When a file is missing or is not CSS; the message says where.
pub fn bundle(main: &Path, kind: Kind) -> Result<String> {
    let readable = |place: String| anyhow!("styles: {place}");
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(main)
        .map_err(|error| readable(error.to_string()))?;
    let targets = Targets::from(OLDEST);
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|error| readable(error.to_string()))?;
    let minify = kind == Kind::Release;
    let printed = sheet
        .to_css(PrinterOptions { minify, targets, ..PrinterOptions::default() })
        .map_err(|error| readable(error.to_string()))?;
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_drawn_in_and_new_syntax_is_rewritten() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-css-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let main = folder.join("main.css");
        std::fs::write(&main, "@import './part.css'; a { &:hover { color: red } }")?;
        std::fs::write(folder.join("part.css"), "b { inset: 0 }")?;
        let css = bundle(&main, Kind::Release);
        std::fs::remove_dir_all(&folder)?;
        assert_eq!(css?, "b{inset:0}a:hover{color:red}");
        Ok(())
    }
}
