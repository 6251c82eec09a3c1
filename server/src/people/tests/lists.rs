//! Lists as workers send them, and the town that they belong to.

use super::{COMMUNITY, area, fill, worker};
use crate::Core;
use crate::jobs::{Handlers, work_off};
use crate::people::{NewArea, Registration, import, register, send_import, start_import};
use crate::sheets::{Book, Cell};
use calamine::{Reader, Xlsx};
use contract::ids::ImportId;
use contract::people::{Column, ImportView, SendImport, SheetKind, StartImport};
use std::io::Cursor;

const COMPOUND: &str = "3410.03.100.004.g01.c01";
/// An identity number that the fixture does not have.
pub(super) fn number(n: u32) -> String {
    let body = format!("341003198{}01{:02}{:03}", n % 10, n % 28 + 1, n);
    let check = contract::check::id_check_digit(&body);
    format!("{body}{check}")
}

/// A row in the order of a sheet's columns.
pub(super) fn row(sheet: SheetKind, cells: &[(Column, &str)]) -> Vec<Cell> {
    let cell = |column: &Column| {
        let usual = match column {
            Column::Compound => "龙北小区",
            Column::Building => "1幢",
            Column::Unit => "1单元",
            _ => "",
        };
        Cell::from(cells.iter().find(|(c, _)| c == column).map_or(usual, |(_, text)| text))
    };
    sheet.columns().iter().map(cell).collect()
}

/// A workbook of these rows.
pub(super) fn book(rows: &[(SheetKind, Vec<(Column, &str)>)]) -> Vec<u8> {
    let mut book = Book::new();
    for (sheet, name) in SheetKind::ALL.into_iter().zip(["房屋", "居民", "产权"]) {
        let heads: Vec<&str> = sheet.columns().iter().map(|column| column.heading()).collect();
        book.sheet(name, &heads).unwrap();
        for (_, cells) in rows.iter().filter(|(of, _)| *of == sheet) {
            book.row(&row(sheet, cells)).unwrap();
        }
    }
    book.finish().unwrap()
}

/// What a workbook has in a column of a sheet, empty cells left out.
pub(super) fn cells(file: &[u8], sheet: SheetKind, column: Column) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
    let sheet = book.worksheet_range_at(sheet as usize).unwrap().unwrap();
    let heads: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let at = heads.iter().position(|head| head == column.heading()).unwrap();
    sheet.rows().skip(1).map(|row| row[at].to_string()).filter(|text| !text.is_empty()).collect()
}

/// The fixture with its buildings and units by name.
pub(super) async fn town(core: &Core) {
    fill(core).await;
    let compound = area(COMPOUND);
    let mut areas = Vec::new();
    for building in [1, 2] {
        let id = compound.child(&format!("b{building:02}"));
        let unit = NewArea { id: id.child("u1"), name: "1单元".into(), code: None };
        areas.push(NewArea { id, name: format!("{building}幢"), code: None });
        areas.push(unit);
    }
    let all = Registration { areas, ..Default::default() };
    core.db.write(all, |tx, all| Box::pin(async move { register(tx.conn(), all).await })).await.unwrap();
}

pub(super) async fn send(core: &Core, key: &str, file: Vec<u8>) -> ImportId {
    let input = SendImport { area: area(COMMUNITY), key: key.to_owned() };
    send_import(&worker(COMMUNITY), core, input, file.into()).await.unwrap()
}

/// Sends a list and lets it be checked.
pub(super) async fn checked(core: &Core, key: &str, file: Vec<u8>) -> ImportView {
    let id = send(core, key, file).await;
    work_off(core, &Handlers::all()).await.unwrap();
    import(&worker(COMMUNITY), core, &id).await.unwrap()
}

pub(super) async fn start(core: &Core, id: &ImportId, partial: &str) -> crate::Result<()> {
    start_import(&worker(COMMUNITY), core, id, StartImport { partial: partial.to_owned() }).await
}

/// Enters a checked list.
pub(super) async fn entered(core: &Core, id: &ImportId, partial: &str) -> ImportView {
    start(core, id, partial).await.unwrap();
    work_off(core, &Handlers::all()).await.unwrap();
    import(&worker(COMMUNITY), core, id).await.unwrap()
}
