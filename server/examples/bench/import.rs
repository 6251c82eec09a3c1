//! A list of 100,000 rows taken into the registry: sent, checked, entered.

use crate::table::Table;
use crate::{Failure, Folder};
use contract::ids::AccountId;
use contract::people::{Column, ImportState, SendImport, SheetKind, StartImport};
use contract::{AreaId, Role, check};
use server::identity::{Caller, Grant};
use server::jobs::{Handlers, work_off};
use server::people;
use server::sheets::{Book, Cell};
use std::time::Instant;

/// Rows of the list, in its three sheets together.
const ROWS: usize = 100_000;
/// Buildings of one unit each.
const BUILDINGS: usize = 100;
/// Longest time from sending to the last row, in seconds.
const BUDGET_S: f64 = 60.0;

/// Adds the rows; true when the budget is kept.
pub async fn measure(table: &mut Table) -> Result<bool, Failure> {
    let folder = Folder::new("import")?;
    let core = folder.core().await?;
    people::enter_areas(&core, areas().as_bytes()).await?;
    let (file, before) = (list()?, peak_mb());
    let began = Instant::now();
    let input = SendImport { area: community()?, key: "bench".to_owned() };
    let import = people::send_import(&worker()?, &core, input, file.into()).await?;
    work_off(&core, &Handlers::all()).await?;
    let checked = began.elapsed().as_secs_f64();
    people::start_import(&worker()?, &core, &import, StartImport { partial: String::new() }).await?;
    work_off(&core, &Handlers::all()).await?;
    let entered = began.elapsed().as_secs_f64();
    let found = people::import(&worker()?, &core, &import).await?.line;
    let new = found.counts.total(|sheet| sheet.new);
    if found.state != ImportState::Done || usize::try_from(new)? != ROWS / 3 * 3 {
        return Err(format!("{new} rows entered, {:?}", found.state).into());
    }
    table.row(format!("list of {ROWS} rows checked after"), format!("{checked:.1} s"), "");
    table.row("  and entered after", format!("{entered:.1} s"), format!("at most {BUDGET_S} s"));
    table.row("  memory at its peak", format!("{} MB ({before} MB before)", peak_mb()), "");
    core.db.close().await;
    folder.remove()?;
    Ok(entered <= BUDGET_S)
}

fn community() -> Result<AreaId, Failure> {
    Ok("3410.03.100.004".parse()?)
}

fn worker() -> Result<Caller, Failure> {
    Ok(Caller {
        account: Some(AccountId::trusted("worker")),
        grants: vec![Grant { role: Role::CommunityWorker, area: community()? }],
        second_factor: true,
        ..Caller::default()
    })
}

/// The area tree down to the units of one compound.
fn areas() -> String {
    let around = [
        "area,name,code",
        "3410,黄山市,3410",
        "3410.03,黄山区,341003",
        "3410.03.100,甘棠镇,",
        "3410.03.100.004,龙北社区,",
        "3410.03.100.004.g01,第1网格,",
        "3410.03.100.004.g01.c01,龙北小区,",
    ];
    let mut lines: Vec<String> = around.map(str::to_owned).into();
    for n in 0..BUILDINGS {
        let building = format!("3410.03.100.004.g01.c01.b{n:03}");
        lines.push(format!("{building},{}幢,", n + 1));
        lines.push(format!("{building}.u1,1单元,"));
    }
    lines.join("\n")
}

/// Three rows a door: a dwelling, a resident, an owner.
fn list() -> Result<Vec<u8>, Failure> {
    let mut book = Book::new();
    for (sheet, name) in SheetKind::ALL.into_iter().zip(["房屋", "居民", "产权"]) {
        let heads: Vec<&str> = sheet.columns().iter().map(|column| column.heading()).collect();
        book.sheet(name, &heads)?;
        for n in 0..ROWS / 3 {
            let cells: Vec<Cell> = sheet.columns().iter().map(|column| cell(*column, n).as_str().into()).collect();
            book.row(&cells)?;
        }
    }
    Ok(book.finish()?)
}

/// What the `n`-th door has in a column.
fn cell(column: Column, n: usize) -> String {
    match column {
        Column::Compound => "龙北小区".to_owned(),
        Column::Building => format!("{}幢", n % BUILDINGS + 1),
        Column::Unit => "1单元".to_owned(),
        Column::Door => (n / BUILDINGS + 1).to_string(),
        Column::Area => "98.50".to_owned(),
        Column::Name => format!("程{}", n % 997),
        Column::IdNumber => id_number(n),
        Column::Phone => format!("139{n:08}"),
        Column::Share => "1".to_owned(),
        _ => String::new(),
    }
}

/// A made-up identity number with its right check digit, another for each `n` below 20 million.
fn id_number(n: usize) -> String {
    let (day, number) = (n / 1_000, n % 1_000);
    let (year, month) = (1940 + day / 28 % 60, day / 28 / 60 % 12 + 1);
    let body = format!("341003{year}{month:02}{:02}{number:03}", day % 28 + 1);
    let digit = check::id_check_digit(&body);
    format!("{body}{digit}")
}

/// Peak memory of this process in MB (2²⁰ bytes), where the system tells.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1_024
}
