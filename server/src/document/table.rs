//! Tables: rows of equal columns, the head again on every page.

use super::canvas::{Area, Type, colour};
use super::flow::{Flow, LEFT, MEASURE};
use super::{Column, Table, lines};

const CELL: Type = Type { size: 3.4, bold: false, colour: colour::INK };
const HEAD: Type = Type { bold: true, ..CELL };
/// From one base to the next.
const STEP: f32 = 5.0;
/// Space beside a cell's text, and above and below it.
const BESIDE: f32 = 1.6;
const ABOVE: f32 = 1.3;
/// Lines of one row on one page at most; the rest goes on below as a row without a rule.
const TALLEST: usize = 40;

/// One cell's place.
struct Place {
    x: f32,
    width: f32,
    number: bool,
}

/// Sets a table.
pub(super) fn set(flow: &mut Flow<'_>, table: &Table) {
    let places = places(&table.columns);
    let heads: Vec<String> = table.columns.iter().map(|column| column.head.clone()).collect();
    let heads = broken(&heads, &places);
    flow.y += 1.5;
    // The head with a row below it.
    if !flow.fits(2.0 * height(&heads)) {
        flow.turn();
    }
    head(flow, &heads, &places);
    for row in &table.rows {
        let cells = broken(row, &places);
        for (part, at) in parts(&cells).into_iter().zip(0..) {
            if !flow.fits(height(&part)) {
                flow.turn();
                head(flow, &heads, &places);
            }
            if at == 0 {
                rule(flow, colour::LINE);
            }
            cells_of(flow, &part, &places, CELL);
        }
    }
    rule(flow, colour::INK);
    flow.y += 2.0;
}

fn places(columns: &[Column]) -> Vec<Place> {
    let parts: f32 = columns.iter().map(|column| f32::from(column.part)).sum();
    let mut x = LEFT;
    let place = |column: &Column| {
        let width = MEASURE * f32::from(column.part) / parts.max(1.0);
        x += width;
        Place { x: x - width, width, number: column.number }
    };
    columns.iter().map(place).collect()
}

/// Each cell's lines.
fn broken(texts: &[String], places: &[Place]) -> Vec<Vec<String>> {
    let cell = |(text, place): (&String, &Place)| {
        let limit = (place.width - 2.0 * BESIDE) / CELL.size;
        text.lines().flat_map(|line| lines::run(line, limit)).collect()
    };
    texts.iter().zip(places).map(cell).collect()
}

/// A row in parts that fit on a page.
fn parts(cells: &[Vec<String>]) -> Vec<Vec<Vec<String>>> {
    let tallest = cells.iter().map(Vec::len).max().unwrap_or(0);
    let part = |from: usize| cells.iter().map(|cell| cell.iter().skip(from).take(TALLEST).cloned().collect()).collect();
    (0..tallest.max(1)).step_by(TALLEST).map(part).collect()
}

fn height(cells: &[Vec<String>]) -> f32 {
    let tallest = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
    tallest as f32 * STEP + 2.0 * ABOVE
}

fn head(flow: &mut Flow<'_>, heads: &[Vec<String>], places: &[Place]) {
    let area = Area { x: LEFT, y: flow.y, width: MEASURE, height: height(heads) };
    flow.page().rectangle(area, colour::SUNKEN);
    rule(flow, colour::INK);
    cells_of(flow, heads, places, HEAD);
}

fn rule(flow: &mut Flow<'_>, colour: &'static str) {
    let y = flow.y;
    flow.page().rectangle(Area { x: LEFT, y, width: MEASURE, height: 0.2 }, colour);
}

fn cells_of(flow: &mut Flow<'_>, cells: &[Vec<String>], places: &[Place], style: Type) {
    let top = flow.y + ABOVE;
    for (rows, place) in cells.iter().zip(places) {
        let mut base = top + STEP * 0.75;
        for row in rows {
            match place.number {
                true => flow.page().right(row, (place.x + place.width - BESIDE, base), style),
                false => flow.page().text(row, (place.x + BESIDE, base), style),
            }
            base += STEP;
        }
    }
    flow.y += height(cells);
}
