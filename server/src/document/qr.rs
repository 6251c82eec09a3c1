//! The QR code as one path (ISO/IEC 18004).

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

use crate::{Error, Result};

/// Modules of white on each side, as the standard demands.
const QUIET: usize = 4;

/// A drawn code: `side` modules square, quiet zone included.
pub(crate) struct Code {
    pub(crate) side: usize,
    /// Path data in module units: runs of dark modules, row by row.
    pub(crate) path: String,
}

/// Draws a text at error level Q: a quarter of the code may be scratched or soiled.
pub(crate) fn draw(text: &str) -> Result<Code> {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).map_err(Error::internal)?;
    let width = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        while column < width {
            let run = modules[column..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", column + QUIET, row + QUIET);
            }
            column += run.max(1);
        }
    }
    Ok(Code { side: width + 2 * QUIET, path })
}
