//! How long a large list takes. Run by hand: `cargo nextest run -p server --lib people::tests::size --run-ignored all
//! --no-capture`, with `--cargo-profile release` for the figure that counts.

use super::lists::{checked, entered, number_of, row, town};
use crate::Core;
use crate::people::{NewArea, Registration, register};
use crate::sheets::Book;
use crate::testing::cores;
use contract::people::{Column, ImportState, SheetKind};
use std::time::Instant;

/// Rows of the list.
const ROWS: u32 = 100_000;
/// Buildings of one unit each; a door has one row of each sheet.
const BUILDINGS: u32 = 100;

/// Peak memory of this process in MB, where the system tells.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}

async fn buildings(core: &Core) {
    let compound = super::area("3410.03.100.004.g01.c01");
    let mut areas = Vec::new();
    for n in 0..BUILDINGS {
        let id = compound.child(&format!("b{}", 100 + n));
        areas.push(NewArea { id: id.child("u1"), name: "1单元".into(), code: None });
        areas.push(NewArea { id, name: format!("{}幢", 100 + n), code: None });
    }
    let all = Registration { areas, ..Registration::default() };
    core.db.write(all, |tx, all| Box::pin(async move { register(tx.conn(), all).await })).await.unwrap();
}

/// Three rows a door: a dwelling, a resident, an owner.
fn list() -> Vec<u8> {
    let doors = ROWS / 3;
    let mut book = Book::new();
    for (sheet, name) in SheetKind::ALL.into_iter().zip(["房屋", "居民", "产权"]) {
        let heads: Vec<&str> = sheet.columns().iter().map(|column| column.heading()).collect();
        book.sheet(name, &heads).unwrap();
        for n in 0..doors {
            let (building, door) = (format!("{}幢", 100 + n % BUILDINGS), (n / BUILDINGS + 1).to_string());
            let (name, id, phone) = (format!("程{}", n % 997), number_of(n), format!("139{:08}", n));
            let cells = [
                (Column::Building, building.as_str()),
                (Column::Door, &door),
                (Column::Area, "98.50"),
                (Column::Name, &name),
                (Column::IdNumber, &id),
                (Column::Phone, &phone),
                (Column::Share, "1"),
            ];
            book.row(&row(sheet, &cells)).unwrap();
        }
    }
    book.finish().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a minute; see above"]
async fn a_hundred_thousand_rows() {
    for core in cores().await {
        town(&core).await;
        buildings(&core).await;
        let file = list();
        let (bytes, before) = (file.len(), peak());
        let begun = Instant::now();
        let found = checked(&core, "a", file).await;
        let checking = begun.elapsed();
        assert_eq!(found.line.counts.total(|c| c.new), i64::from(ROWS / 3 * 3));
        let done = entered(&core, &found.line.id, "").await;
        let all = begun.elapsed();
        assert_eq!(done.line.state, ImportState::Done);
        println!(
            "{:?}: {ROWS} rows, {bytes} bytes: checked in {checking:.1?}, entered after {all:.1?}; peak {before} MB before, {} MB after",
            core.db.engine(),
            peak()
        );
        assert!(all.as_secs() < 60, "{all:?}");
    }
}
