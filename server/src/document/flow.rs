//! Blocks one below the other, over as many pages as they need. All measures are millimetres on A4.

use contract::Locale;

use super::canvas::{Area, Canvas, Type, colour};
use super::{Block, Document, lines, qr};
use crate::Result;

/// Where text begins and how wide it runs.
pub(super) const LEFT: f32 = 22.0;
pub(super) const MEASURE: f32 = 166.0;
/// Base of the first line, and the lowest that anything but the footer reaches.
const TOP: f32 = 24.0;
const BOTTOM: f32 = 272.0;
const FOOT: f32 = 284.0;
/// Bases of the footer's lines: three at most above the page's edge.
const FOOTS: [f32; 3] = [FOOT, FOOT + 4.2, FOOT + 8.4];

const TITLE: Type = Type { size: 7.6, bold: true, colour: colour::INK };
const HEADING: Type = Type { size: 4.9, bold: true, colour: colour::INK };
const BODY: Type = Type { size: 3.9, bold: false, colour: colour::INK };
const STRONG: Type = Type { bold: true, ..BODY };
const LABEL: Type = Type { colour: colour::INK_2, ..BODY };
const NOTE: Type = Type { size: 3.2, bold: false, colour: colour::INK_2 };
/// From one base to the next, against the size.
const LEADING: f32 = 1.6;
/// Width of the names of facts.
const NAMES: f32 = 40.0;
/// Side of a QR code.
const CODE: f32 = 34.0;
/// Side of a square to be marked, and the height of its row.
const BOX: f32 = 5.2;
const BOX_ROW: f32 = 10.5;
/// Height of a row of lines to sign on.
const SIGNATURE: f32 = 15.0;

/// The pages of a document, each as SVG.
pub(super) fn pages(document: &Document, family: &str) -> Result<Vec<String>> {
    let mut flow = Flow { family, pages: vec![Canvas::a4(family)], y: TOP };
    for block in &document.blocks {
        flow.block(block)?;
    }
    let total = flow.pages.len();
    let numbered = flow.pages.into_iter().zip(1..).map(|(mut page, number)| {
        let place = match document.locale {
            Locale::ZhCn => format!("第 {number} 页，共 {total} 页"),
            Locale::En => format!("Page {number} of {total}"),
        };
        page.rectangle(Area { x: LEFT, y: FOOT - 5.5, width: MEASURE, height: 0.2 }, colour::LINE);
        let room = MEASURE / NOTE.size - lines::width(&place) - 2.0;
        for (row, base) in lines::run(&document.footer, room).iter().zip(FOOTS) {
            page.text(row, (LEFT, base), NOTE);
        }
        page.right(&place, (LEFT + MEASURE, FOOT), NOTE);
        page.finish()
    });
    Ok(numbered.collect())
}

/// A document being set.
pub(super) struct Flow<'a> {
    family: &'a str,
    pages: Vec<Canvas>,
    /// Where the next thing begins.
    pub(super) y: f32,
}

impl Flow<'_> {
    /// The page at hand.
    pub(super) fn page(&mut self) -> &mut Canvas {
        if self.pages.is_empty() {
            self.turn();
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Begins a page.
    pub(super) fn turn(&mut self) {
        self.pages.push(Canvas::a4(self.family));
        self.y = TOP;
    }

    /// Is there so much room on this page?
    pub(super) fn fits(&self, height: f32) -> bool {
        self.y + height <= BOTTOM
    }

    /// Turns the page where there is not; a page's beginning takes what comes.
    fn room(&mut self, height: f32) {
        if !self.fits(height) && self.y > TOP {
            self.turn();
        }
    }

    fn block(&mut self, block: &Block) -> Result<()> {
        match block {
            Block::Title(text) => self.title(text),
            Block::Heading(text) => self.heading(text),
            Block::Paragraph(text) => self.paragraph(text, BODY),
            Block::Note(text) => self.paragraph(text, NOTE),
            Block::Facts(facts) => facts.iter().for_each(|(name, value)| self.fact(name, value)),
            Block::Table(table) => super::table::set(self, table),
            Block::Boxes(texts) => texts.iter().for_each(|text| self.square(text)),
            Block::Signatures(names) => names.chunks(2).for_each(|pair| self.signatures(pair)),
            Block::Code { url, lines } => return self.code(url, lines),
        }
        Ok(())
    }

    fn title(&mut self, text: &str) {
        for row in lines::fill(text, MEASURE / TITLE.size) {
            self.room(TITLE.size * 1.4);
            self.y += TITLE.size * 1.4;
            let y = self.y - TITLE.size * 0.4;
            self.page().centred(&row, (LEFT + MEASURE / 2.0, y), TITLE);
        }
        self.y += 5.0;
    }

    fn heading(&mut self, text: &str) {
        let (rows, step) = (lines::run(text, MEASURE / HEADING.size), HEADING.size * 1.4);
        // In one piece, with two lines of what it is the head of.
        let more = step * rows.len().saturating_sub(1) as f32;
        self.room(HEADING.size * 2.0 + more + BODY.size * LEADING * 2.0);
        self.y += HEADING.size * 2.0 - step;
        for row in rows {
            self.y += step;
            let y = self.y - 1.2;
            self.page().text(&row, (LEFT, y), HEADING);
        }
        self.y += 2.2;
    }

    fn paragraph(&mut self, text: &str, style: Type) {
        let step = style.size * LEADING;
        for row in text.lines().flat_map(|line| lines::run(line, MEASURE / style.size)) {
            self.room(step);
            self.y += step;
            let y = self.y - step * 0.25;
            self.page().text(&row, (LEFT, y), style);
        }
        self.y += style.size * 0.5;
    }

    fn fact(&mut self, name: &str, value: &str) {
        let step = BODY.size * LEADING;
        let rows = lines::run(value, (MEASURE - NAMES) / BODY.size);
        let mut name = Some(name);
        for row in rows {
            self.room(step);
            self.y += step;
            let y = self.y - step * 0.25;
            if let Some(name) = name.take() {
                self.page().text(name, (LEFT, y), LABEL);
            }
            self.page().text(&row, (LEFT + NAMES, y), BODY);
        }
    }

    fn square(&mut self, text: &str) {
        self.room(BOX_ROW);
        let area = Area { x: LEFT + 2.0, y: self.y + (BOX_ROW - BOX) / 2.0, width: BOX, height: BOX };
        let base = area.y + BOX * 0.8;
        self.page().frame(area, colour::INK, 0.4);
        let size = (MEASURE - 14.0) / lines::width(text).max(1.0);
        self.page().text(text, (LEFT + 11.0, base), Type { size: size.min(4.4), ..BODY });
        self.y += BOX_ROW;
    }

    fn signatures(&mut self, names: &[String]) {
        self.room(SIGNATURE);
        self.y += SIGNATURE;
        let (base, half) = (self.y - 3.0, MEASURE / 2.0);
        for (name, x) in names.iter().zip([LEFT, LEFT + half]) {
            self.page().text(name, (x, base), BODY);
            let begins = x + lines::width(name) * BODY.size + 2.0;
            let ends = (x + half - 6.0).max(begins + 10.0);
            self.page().rectangle(Area { x: begins, y: base + 1.0, width: ends - begins, height: 0.25 }, colour::INK);
        }
    }

    fn code(&mut self, url: &str, texts: &[String]) -> Result<()> {
        let code = qr::draw(url)?;
        self.room(CODE + 4.0);
        let top = self.y + 2.0;
        self.page().path(&code.path, (LEFT, top), CODE / code.side as f32, "#000000");
        let mut base = top + 9.0;
        for (text, at) in texts.iter().zip(0..) {
            let style = if at == 0 { STRONG } else { NOTE };
            for row in lines::run(text, (MEASURE - CODE - 4.0) / style.size) {
                self.page().text(&row, (LEFT + CODE + 4.0, base), style);
                base += style.size * LEADING;
            }
        }
        self.y = (top + CODE + 2.0).max(base);
        Ok(())
    }
}
