//! Static files compressed ahead, at the strength a server could not afford per request.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::{files, parallel};

/// Formats that are compressed already (pictures, woff2, …) are not in this list.
const SHRINKING: [&str; 9] = ["wasm", "js", "css", "svg", "html", "json", "webmanifest", "txt", "ico"];

/// Puts a `.br` and a `.gz` beside each file below `folder` that gets smaller by it.
///
/// # Errors
/// When a file cannot be read or written.
pub fn all(folder: &Path) -> Result<()> {
    parallel::each(&files::below(folder)?, |name| {
        let extension = name.extension().and_then(|extension| extension.to_str());
        if extension.is_none_or(|extension| !SHRINKING.contains(&extension)) {
            return Ok(());
        }
        let path = folder.join(name);
        let bytes = fs::read(&path)?;
        keep_if_smaller(&path, "br", &bytes, brotli(&bytes)?)?;
        keep_if_smaller(&path, "gz", &bytes, gzip(&bytes)?)
    })
}

fn keep_if_smaller(path: &Path, suffix: &str, before: &[u8], after: Vec<u8>) -> Result<()> {
    if after.len() < before.len() {
        fs::write(with_suffix(path, suffix), after)?;
    }
    Ok(())
}

/// `hs.js` + `br` = `hs.js.br`.
fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut small, &params)?;
    Ok(small)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_comes_back_whole() -> Result<()> {
        let text = "慧力生活".repeat(500);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut brotli(text.as_bytes())?.as_slice(), &mut back)?;
        assert_eq!(back, text.as_bytes());
        let packed = gzip(text.as_bytes())?;
        back.clear();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(packed.as_slice()), &mut back)?;
        assert_eq!(back, text.as_bytes());
        Ok(())
    }

    #[test]
    fn a_suffix_is_added_not_exchanged() {
        assert_eq!(with_suffix(Path::new("a/hs.js"), "br"), Path::new("a/hs.js.br"));
    }
}
