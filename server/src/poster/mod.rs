//! The poster in a building's stairwell: one A4 page with the building's QR code, as SVG, PNG and PDF.
//!
//! All three are drawn from one SVG text ([`layout`]); text is set in lines of our own, because SVG
//! does not break lines; what they are drawn with is that of all [`document`](crate::document)s. The code on it leads to a public page and is never a login.

mod layout;
#[cfg(test)]
mod tests;
mod words;

use contract::Locale;
use resvg::tiny_skia::{Pixmap, Transform};
use usvg::{Tree, WriteOptions};

use crate::document::{Fonts, print};
use crate::{Error, Result};

/// Pixels per inch of the PNG: sharp on a screen and enough for a copy shop.
const PNG_DPI: f32 = 150.0;
/// Pixels per inch of an SVG's own units (CSS: 96 px to the inch).
const SVG_DPI: f32 = 96.0;

/// What stands on one building's poster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poster {
    /// What is voted on: `业主代表选举`.
    pub heading: String,
    /// The compound: `龙北小区`.
    pub compound: String,
    /// The building: `2 幢`.
    pub building: String,
    /// Short facts, one a line: when the vote opens and closes, who may vote.
    pub lines: Vec<String>,
    /// What the QR code holds.
    pub url: String,
    /// The code to type where scanning does not work.
    pub code: String,
    /// The language of the poster's own words.
    pub locale: Locale,
}

/// The poster as SVG whose text is drawn as shapes, so that every viewer shows it alike.
///
/// # Errors
/// When there is no font with Chinese, or the link does not fit into a QR code.
pub fn svg(poster: &Poster, fonts: &Fonts) -> Result<String> {
    Ok(tree(poster, fonts)?.to_string(&WriteOptions { preserve_text: false, ..WriteOptions::default() }))
}

/// The poster as PNG of 1240 x 1754 pixels (150 dpi).
///
/// # Errors
/// As [`svg`].
pub fn png(poster: &Poster, fonts: &Fonts) -> Result<Vec<u8>> {
    let tree = tree(poster, fonts)?;
    let scale = PNG_DPI / SVG_DPI;
    let pixels = |units: f32| (units * scale).round() as u32;
    let mut pixels = Pixmap::new(pixels(tree.size().width()), pixels(tree.size().height()))
        .ok_or_else(|| Error::internal("empty poster"))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(Error::internal)
}

/// The posters as one PDF, an A4 page each, text as text with the glyphs used embedded.
///
/// # Errors
/// As [`svg`].
pub fn pdf(posters: &[Poster], fonts: &Fonts) -> Result<Vec<u8>> {
    let family = fonts.family()?;
    let first = posters.first();
    let title = first.map(|first| format!("{} {}", first.compound, first.heading)).unwrap_or_default();
    let locale = first.map(|first| first.locale).unwrap_or_default();
    print(posters.iter().map(|poster| layout::compose(poster, family)), &title, locale, fonts)
}

fn tree(poster: &Poster, fonts: &Fonts) -> Result<Tree> {
    let source = layout::compose(poster, fonts.family()?)?;
    Tree::from_str(&source, &fonts.options()?).map_err(Error::internal)
}
