//! The page: a tiled roof with the title, the building beside its code, three steps, the code to type.
//!
//! All measures are millimetres on A4. The picture of the code is 92 mm wide, so that a phone reads it
//! from a metre and a half (ten times its width is the rule of thumb; half a module may be lost).

use super::Poster;
use super::words::{self, Words};
use crate::Result;
use crate::crypto::grouped;
use crate::document::canvas::{Area, Canvas, Type, colour};
use crate::document::{lines, qr};

/// Page width, and the margin that every printer can keep.
const PAGE: f32 = 210.0;
const MARGIN: f32 = 18.0;
const MEASURE: f32 = PAGE - 2.0 * MARGIN;
/// The code's card.
const CARD: Area = Area { x: 100.0, y: 88.0, width: 92.0, height: 92.0 };
/// Measure of the column left of the code.
const COLUMN: f32 = 74.0;
/// The seal in the roof's right corner.
const SEAL: Area = Area { x: 166.0, y: 15.0, width: 26.0, height: 26.0 };

/// Where the roof ends and the wall begins.
const EAVES: f32 = 76.0;
/// 马头墙, the stepped gables of Huizhou houses: middle, and half width and height of each step.
const GABLES: [(f32, &[(f32, f32)]); 4] = [
    (34.0, &[(16.0, 4.0), (9.0, 7.6)]),
    (92.0, &[(24.0, 3.6), (16.0, 7.2), (8.0, 10.8)]),
    (143.0, &[(12.0, 4.6)]),
    (186.0, &[(19.0, 4.4), (11.0, 8.4)]),
];

/// The poster as SVG text, to be set in `family`.
pub(super) fn compose(poster: &Poster, family: &str) -> Result<String> {
    let words = words::of(poster.locale);
    let mut canvas = Canvas::a4(family);
    canvas.rectangle(Area { x: 0.0, y: 0.0, width: PAGE, height: 297.0 }, colour::PAPER);
    roof(&mut canvas, poster, words);
    building(&mut canvas, poster);
    code(&mut canvas, poster, words)?;
    steps(&mut canvas, words);
    typed(&mut canvas, poster, words);
    caution(&mut canvas, words);
    Ok(canvas.finish())
}

fn roof(canvas: &mut Canvas, poster: &Poster, words: &Words) {
    canvas.rectangle(Area { x: 0.0, y: 0.0, width: PAGE, height: EAVES }, colour::TILE);
    for (middle, steps) in GABLES {
        steps.iter().for_each(|(half, height)| gable(canvas, middle, *half, *height));
    }
    canvas.text(words.brand, (MARGIN, 21.0), Type { size: 5.2, bold: false, colour: colour::ON_TILE });
    let style = |size| Type { size, bold: true, colour: colour::ON_TILE };
    let measure = SEAL.x - MARGIN - 6.0;
    let (size, rows) =
        fit(&poster.heading, measure, &[(23.0, 1), (20.0, 1), (17.0, 1), (14.0, 2), (11.0, 2), (8.5, 3)]);
    // One line sits in the roof's middle, more share its height.
    let first = 48.0 - (rows.len() - 1) as f32 * size * 0.6;
    for (row, y) in rows.iter().zip(baselines(first, size * 1.2)) {
        canvas.text(row, (MARGIN, y), style(size));
    }
    seal(canvas, words);
}

/// One step of a gable: the wall, a line of shadow, and the coping whose ends turn up.
fn gable(canvas: &mut Canvas, middle: f32, half: f32, height: f32) {
    let wall = Area { x: middle - half, y: EAVES - height, width: 2.0 * half, height: height + 0.2 };
    canvas.rectangle(wall, colour::PAPER);
    let run = 2.0 * half + 0.8;
    let coping = format!("M0 0l-1.6-.9l.9 1.9h{}l.9-1.9l-1.6.9z", run + 1.4);
    canvas.path(&coping, (middle - half - 0.4, EAVES - height - 1.7), 1.0, colour::PAPER);
}

fn seal(canvas: &mut Canvas, words: &Words) {
    canvas.rectangle(SEAL, colour::CINNABAR);
    let inner = Area { x: SEAL.x + 1.5, y: SEAL.y + 1.5, width: SEAL.width - 3.0, height: SEAL.height - 3.0 };
    canvas.frame(inner, colour::ON_TILE, 0.4);
    let widest = words.seal.iter().map(|row| lines::width(row)).fold(1.0, f32::max);
    let size = (19.0 / widest).min(9.2);
    for (row, y) in words.seal.iter().zip(baselines(SEAL.y + 12.0, 10.0)) {
        canvas.centred(row, (SEAL.x + SEAL.width / 2.0, y), Type { size, bold: true, colour: colour::ON_TILE });
    }
}

fn building(canvas: &mut Canvas, poster: &Poster) {
    let (size, rows) = fit(&poster.compound, COLUMN, &[(8.5, 1), (7.0, 1), (6.0, 2)]);
    let mut y = CARD.y + 7.0;
    for row in rows {
        canvas.text(&row, (MARGIN, y), Type { size, bold: false, colour: colour::INK_2 });
        y += size * 1.3;
    }
    let (size, rows) = fit(&poster.building, COLUMN, &[(27.0, 1), (22.0, 1), (18.0, 1), (14.0, 2), (11.0, 3)]);
    y += size * 0.92 - 4.0;
    for row in rows {
        canvas.text(&row, (MARGIN, y), Type { size, bold: true, colour: colour::INK });
        y += size * 1.15;
    }
    y -= size * 1.15 - 8.0;
    canvas.rectangle(Area { x: MARGIN, y, width: 16.0, height: 1.4 }, colour::CINNABAR);
    y += 12.0;
    let style = Type { size: 5.4, bold: false, colour: colour::INK };
    for fact in &poster.lines {
        for row in lines::fill(fact, COLUMN / style.size) {
            canvas.text(&row, (MARGIN, y), style);
            y += style.size * 1.4;
        }
        y += style.size * 0.55;
    }
}

fn code(canvas: &mut Canvas, poster: &Poster, words: &Words) -> Result<()> {
    let code = qr::draw(&poster.url)?;
    canvas.rectangle(CARD, colour::SURFACE);
    canvas.frame(CARD, colour::LINE, 0.3);
    canvas.path(&code.path, (CARD.x, CARD.y), CARD.width / code.side as f32, "#000000");
    let below = (CARD.x + CARD.width / 2.0, CARD.y + CARD.height + 9.0);
    canvas.centred(words.scan, below, Type { size: 5.6, bold: true, colour: colour::CINNABAR });
    Ok(())
}

fn steps(canvas: &mut Canvas, words: &Words) {
    const TOP: f32 = 200.0;
    const GAP: f32 = 9.0;
    canvas.rectangle(Area { x: MARGIN, y: TOP, width: MEASURE, height: 0.3 }, colour::LINE);
    let width = (MEASURE - 2.0 * GAP) / 3.0;
    for (index, step) in words.steps.iter().enumerate() {
        let x = MARGIN + index as f32 * (width + GAP);
        let number = (index + 1).to_string();
        canvas.text(&number, (x, TOP + 15.0), Type { size: 14.0, bold: true, colour: colour::CINNABAR });
        canvas.text(step.title, (x + 12.0, TOP + 14.4), Type { size: 8.0, bold: true, colour: colour::INK });
        let style = Type { size: 4.7, bold: false, colour: colour::INK_2 };
        for (row, y) in lines::fill(step.text, width / style.size).iter().zip(baselines(TOP + 23.5, style.size * 1.45))
        {
            canvas.text(row, (x, y), style);
        }
    }
}

fn typed(canvas: &mut Canvas, poster: &Poster, words: &Words) {
    let strip = Area { x: MARGIN, y: 245.0, width: MEASURE, height: 25.0 };
    canvas.rectangle(strip, colour::SUNKEN);
    canvas.text(words.typed, (strip.x + 6.0, strip.y + 9.0), Type { size: 4.7, bold: false, colour: colour::INK_2 });
    let code = grouped(&poster.code);
    let size = ((strip.width - 12.0) / lines::width(&code)).min(9.0);
    canvas.text(&code, (strip.x + 6.0, strip.y + 19.5), Type { size, bold: true, colour: colour::INK });
}

fn caution(canvas: &mut Canvas, words: &Words) {
    let style = Type { size: 3.9, bold: false, colour: colour::INK_2 };
    for (row, y) in lines::fill(words.caution, MEASURE / style.size).iter().zip(baselines(278.5, style.size * 1.5)) {
        canvas.text(row, (MARGIN, y), style);
    }
}

/// The largest of the sizes at which the text needs no more than its number of lines; the last
/// size takes what comes.
fn fit(text: &str, measure: f32, sizes: &[(f32, usize)]) -> (f32, Vec<String>) {
    let fits = |(size, rows): &&(f32, usize)| lines::fill(text, measure / size).len() <= *rows;
    let size = sizes.iter().find(fits).or(sizes.last()).map_or(1.0, |(size, _)| *size);
    (size, lines::fill(text, measure / size))
}

/// The bases of lines that follow one another.
fn baselines(first: f32, leading: f32) -> impl Iterator<Item = f32> {
    (0u8..).map(move |row| first + f32::from(row) * leading)
}
