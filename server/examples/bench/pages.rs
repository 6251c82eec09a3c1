//! Pages in a small and in a large city, and the server's memory at rest.

use crate::site::{Site, sign_in};
use crate::table::Table;
use crate::{Failure, Folder};
use server::demo;
use std::time::{Duration, Instant};

/// Times each page is asked for and timed, after as many untimed ones.
const CALLS: usize = 1_000;
/// The large city's p99 against the small one's.
const SLOWDOWN: f64 = 1.5;
/// Memory at rest in the largest city, in MB (10⁶ bytes).
const MEMORY_MB: f64 = 100.0;
/// Pages, by what they show, and the demo login that asks for them. `q`: a surname, a full name.
const PAGES: [(&str, &str, &str); 5] = [
    ("home", "/", "resident"),
    ("points", "/points", "resident"),
    ("registry", "/console/people", "administrator"),
    ("registry, a surname", "/console/people?q=%E5%BC%A0", "administrator"),
    ("registry, a full name", "/console/people?q=%E7%8E%8B%E4%BC%9F", "administrator"),
];

/// Fills and measures each city; true when the budgets are kept.
pub async fn measure(table: &mut Table, cities: &[u64]) -> Result<bool, Failure> {
    let (mut all, mut kept) = (Vec::new(), true);
    for people in cities {
        let folder = Folder::new(&format!("city-{people}"))?;
        let city = city(&folder, *people).await?;
        for ((name, ..), p99) in PAGES.iter().zip(&city.p99) {
            table.row(format!("{name}, {people} people, p99"), millis(*p99), "");
        }
        let large = *people >= 1_000_000;
        let budget = if large { format!("at most {MEMORY_MB:.0} MB") } else { String::new() };
        table.row(format!("server memory at rest, {people} people"), format!("{:.0} MB", city.memory_mb), budget);
        kept &= !large || city.memory_mb <= MEMORY_MB;
        folder.remove()?;
        all.push(city);
    }
    if let [small, .., large] = &all[..] {
        for (at, (name, ..)) in PAGES.iter().enumerate() {
            let ratio = large.p99[at].as_secs_f64() / small.p99[at].as_secs_f64();
            kept &= ratio <= SLOWDOWN;
            let what = format!("{name}: largest city against smallest");
            table.row(what, format!("{ratio:.2} x"), format!("at most {SLOWDOWN} x"));
        }
    }
    Ok(kept)
}

/// What was measured in one city, pages as in [`PAGES`].
struct City {
    p99: Vec<Duration>,
    memory_mb: f64,
}

async fn city(folder: &Folder, people: u64) -> Result<City, Failure> {
    let core = folder.core().await?;
    let began = Instant::now();
    demo::fill(&core, people).await?;
    println!("city of {people} people filled in {:.1} s", began.elapsed().as_secs_f64());
    let mut sessions = Vec::new();
    for (_, _, login) in PAGES {
        if !sessions.iter().any(|(known, _)| *known == login) {
            sessions.push((login, sign_in(&core, login).await?));
        }
    }
    core.db.close().await;
    let site = Site::start(folder).await?;
    let mut all = Vec::new();
    for (_, path, login) in PAGES {
        let session = sessions.iter().find(|(known, _)| *known == login).map_or("", |(_, token)| token);
        let mut taken = Vec::with_capacity(CALLS);
        for n in 0..2 * CALLS {
            let page = site.page(path, session).await?;
            if n >= CALLS {
                taken.push(page);
            }
        }
        all.push(p99(taken));
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok(City { p99: all, memory_mb: site.memory_mb()? })
}

fn p99(mut taken: Vec<Duration>) -> Duration {
    taken.sort_unstable();
    taken.get(taken.len() * 99 / 100).copied().unwrap_or_default()
}

fn millis(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1_000.0)
}
