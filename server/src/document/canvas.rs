//! Writing SVG: shapes and lines of text in millimetres.

use std::fmt::Write;

/// The colours of the interface's tokens, as printed.
pub(crate) mod colour {
    pub const PAPER: &str = "#f7f6f2";
    pub const SURFACE: &str = "#ffffff";
    pub const SUNKEN: &str = "#efede6";
    pub const INK: &str = "#1e2421";
    pub const INK_2: &str = "#4d5852";
    pub const LINE: &str = "#dedbd2";
    pub const TILE: &str = "#2a312d";
    pub const ON_TILE: &str = "#f3f1ea";
    pub const CINNABAR: &str = "#b0352a";
}

/// How a line of text looks; `size` in millimetres.
#[derive(Clone, Copy)]
pub(crate) struct Type {
    pub size: f32,
    pub bold: bool,
    pub colour: &'static str,
}

/// An upright rectangle in millimetres from the page's upper left corner.
#[derive(Clone, Copy)]
pub(crate) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// A page being drawn.
pub(crate) struct Canvas(String);

impl Canvas {
    /// An empty A4 page whose unit is the millimetre.
    pub(crate) fn a4(family: &str) -> Self {
        let family = escape(family);
        Self(format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='210mm' height='297mm' viewBox='0 0 210 297' font-family='{family}'>"
        ))
    }

    pub(crate) fn rectangle(&mut self, area: Area, fill: &str) {
        let Area { x, y, width, height } = area;
        self.push(format_args!("<rect x='{x}' y='{y}' width='{width}' height='{height}' fill='{fill}'/>"));
    }

    /// A hairline frame within the area.
    pub(crate) fn frame(&mut self, area: Area, colour: &str, stroke: f32) {
        let Area { x, y, width, height } = area;
        self.push(format_args!(
            "<rect x='{x}' y='{y}' width='{width}' height='{height}' fill='none' stroke='{colour}' stroke-width='{stroke}'/>"
        ));
    }

    /// A path in its own units, moved to (`x`, `y`) and scaled to millimetres.
    pub(crate) fn path(&mut self, data: &str, (x, y): (f32, f32), scale: f32, fill: &str) {
        self.push(format_args!("<path transform='translate({x} {y}) scale({scale})' d='{data}' fill='{fill}'/>"));
    }

    /// A line of text from `x` on, its base at `y`.
    pub(crate) fn text(&mut self, text: &str, (x, y): (f32, f32), style: Type) {
        self.line(text, (x, y), style, "start");
    }

    /// A line of text around `x`, its base at `y`.
    pub(crate) fn centred(&mut self, text: &str, (x, y): (f32, f32), style: Type) {
        self.line(text, (x, y), style, "middle");
    }

    /// A line of text that ends at `x`, its base at `y`.
    pub(crate) fn right(&mut self, text: &str, (x, y): (f32, f32), style: Type) {
        self.line(text, (x, y), style, "end");
    }

    /// The finished page.
    pub(crate) fn finish(mut self) -> String {
        self.0.push_str("</svg>");
        self.0
    }

    fn line(&mut self, text: &str, (x, y): (f32, f32), style: Type, anchor: &str) {
        let Type { size, bold, colour } = style;
        let weight = if bold { 700 } else { 400 };
        let text = escape(text);
        self.push(format_args!(
            "<text x='{x}' y='{y}' font-size='{size}' font-weight='{weight}' fill='{colour}' text-anchor='{anchor}' \
             xml:space='preserve'>{text}</text>"
        ));
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        self.0.write_fmt(element).unwrap_or_default(); // a String takes everything
    }
}

/// Text as XML character data and attribute value; control characters, which XML forbids, are left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\'' => escaped.push_str("&apos;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}
