//! Printed matter: documents that flow over A4 pages, set in Chinese or English.
//!
//! A document is a list of [`Block`]s. [`flow`] breaks them into pages, each drawn as one SVG text (SVG does
//! not break lines, so that is done in [`lines`]); [`print`] makes one PDF of pages, text as text with the
//! glyphs used embedded. The posters are drawn with the same canvas.

pub(crate) mod canvas;
mod flow;
mod fonts;
pub(crate) mod lines;
pub(crate) mod qr;
mod table;
#[cfg(test)]
mod tests;

use contract::Locale;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};
use usvg::Tree;

pub use fonts::Fonts;

use crate::{Error, Result};

/// The media type of what [`pdf`] makes (RFC 8118).
pub const PDF: &str = "application/pdf";
/// A4 in PostScript points (ISO 216: 210 mm x 297 mm).
const A4_POINTS: (f32, f32) = (595.276, 841.89);

/// One document; its pages are numbered from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it is called, in the file's metadata.
    pub title: String,
    /// Stands at the foot of every page beside its number.
    pub footer: String,
    /// The language of the words between the blocks.
    pub locale: Locale,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The document's name, large and centred.
    Title(String),
    /// The name of a section; it never stands alone at a page's end.
    Heading(String),
    /// Running text; a line feed begins a new line.
    Paragraph(String),
    /// The same, smaller and grey: explanations, hashes.
    Note(String),
    /// What is so, each with its name before it.
    Facts(Vec<(String, String)>),
    /// A table whose head is repeated on every page.
    Table(Table),
    /// Squares to be marked by hand, each with what the mark means.
    Boxes(Vec<String>),
    /// Lines to sign on, two beside each other.
    Signatures(Vec<String>),
    /// A QR code with lines of text beside it.
    Code {
        /// What the code holds.
        url: String,
        /// What stands beside it; the first line is set bold.
        lines: Vec<String>,
    },
}

/// Rows under named columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// One text per column.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Its part of the width, against the other columns' parts.
    pub part: u16,
    /// Set to the right: numbers.
    pub number: bool,
}

impl Column {
    /// A column of words.
    pub fn words(head: impl Into<String>, part: u16) -> Self {
        Self { head: head.into(), part, number: false }
    }

    /// A column of numbers.
    pub fn number(head: impl Into<String>, part: u16) -> Self {
        Self { head: head.into(), part, number: true }
    }
}

/// The documents one after the other in one PDF. Takes hundredths of a second a page: not for a thread that
/// answers others (see [`typeset`]).
///
/// # Errors
/// When there is no font with Chinese, or a link does not fit into a QR code.
pub fn pdf(documents: &[Document], fonts: &Fonts) -> Result<Vec<u8>> {
    let family = fonts.family()?;
    let mut pages = Vec::new();
    for document in documents {
        pages.extend(flow::pages(document, family)?);
    }
    let first = documents.first();
    let (title, locale) = first.map_or(("", Locale::default()), |first| (first.title.as_str(), first.locale));
    print(pages.into_iter().map(Ok), title, locale, fonts)
}

/// [`pdf`] on a thread of its own.
///
/// # Errors
/// As [`pdf`].
pub async fn typeset(documents: Vec<Document>, fonts: &Fonts) -> Result<Vec<u8>> {
    let fonts = fonts.clone();
    tokio::task::spawn_blocking(move || pdf(&documents, &fonts)).await.map_err(Error::internal)?
}

/// Pages drawn as SVG, as one PDF of A4 pages.
pub(crate) fn print(
    pages: impl IntoIterator<Item = Result<String>>,
    title: &str,
    locale: Locale,
    fonts: &Fonts,
) -> Result<Vec<u8>> {
    let size = Size::from_wh(A4_POINTS.0, A4_POINTS.1).ok_or_else(|| Error::internal("empty page"))?;
    let options = fonts.options()?;
    let mut document = krilla::Document::new();
    document.set_metadata(Metadata::new().title(title.to_owned()).language(locale.tag().to_owned()));
    for drawn in pages {
        let tree = Tree::from_str(&drawn?, &options).map_err(Error::internal)?;
        let mut page = document.start_page_with(PageSettings::new(size));
        let mut surface = page.surface();
        surface
            .draw_svg(&tree, size, SvgSettings { embed_text: true, ..SvgSettings::default() })
            .ok_or_else(|| Error::internal("the page cannot be drawn as PDF"))?;
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| Error::internal(format!("PDF: {error:?}")))
}

/// A text of a document in its language.
pub(crate) fn say(locale: Locale, chinese: &'static str, english: &'static str) -> &'static str {
    match locale {
        Locale::ZhCn => chinese,
        Locale::En => english,
    }
}
