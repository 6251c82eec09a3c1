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

/// Fills and measures the cities; true when the budgets are kept. Their servers answer in turn, so that
/// whatever else the machine does slows all alike.
pub async fn measure(table: &mut Table, cities: &[u64]) -> Result<bool, Failure> {
    let mut open = Vec::new();
    for people in cities {
        open.push(City::open(*people).await?);
    }
    let mut kept = true;
    for (name, path, login) in PAGES {
        let taken = in_turn(&open, path, login).await?;
        for (city, taken) in open.iter().zip(&taken) {
            let told = format!("{} (median {})", millis(taken.p99), millis(taken.median));
            table.row(format!("{name}, {} people, p99", city.people), told, "");
        }
        if let [small, .., large] = &taken[..] {
            let ratio = large.p99.as_secs_f64() / small.p99.as_secs_f64();
            kept &= ratio <= SLOWDOWN;
            let what = "  largest city against smallest";
            table.row(what, format!("{ratio:.2} x"), format!("at most {SLOWDOWN} x"));
        }
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    for city in open {
        let (memory, large) = (city.site.memory_mb()?, city.people >= 1_000_000);
        let budget = if large { format!("at most {MEMORY_MB:.0} MB") } else { String::new() };
        table.row(format!("server memory at rest, {} people", city.people), format!("{memory:.0} MB"), budget);
        kept &= !large || memory <= MEMORY_MB;
        drop(city.site);
        city.folder.remove()?;
    }
    Ok(kept)
}

/// How long a page takes in each city.
async fn in_turn(cities: &[City], path: &str, login: &str) -> Result<Vec<Taken>, Failure> {
    let mut taken = vec![Vec::with_capacity(CALLS); cities.len()];
    for n in 0..2 * CALLS {
        for (city, taken) in cities.iter().zip(&mut taken) {
            let page = city.site.page(path, city.session(login)).await?;
            if n >= CALLS {
                taken.push(page);
            }
        }
    }
    Ok(taken.into_iter().map(Taken::of).collect())
}

/// A filled city and its running server.
struct City {
    people: u64,
    folder: Folder,
    site: Site,
    /// Demo logins with their sessions.
    sessions: Vec<(&'static str, String)>,
}

impl City {
    async fn open(people: u64) -> Result<Self, Failure> {
        let folder = Folder::new(&format!("city-{people}"))?;
        let core = folder.core().await?;
        let began = Instant::now();
        demo::fill(&core, people).await?;
        println!("city of {people} people filled in {:.1} s", began.elapsed().as_secs_f64());
        let mut sessions: Vec<(&str, String)> = Vec::new();
        for (_, _, login) in PAGES {
            if !sessions.iter().any(|(known, _)| *known == login) {
                sessions.push((login, sign_in(&core, login).await?));
            }
        }
        core.db.close().await;
        let site = Site::start(&folder).await?;
        Ok(Self { people, folder, site, sessions })
    }

    fn session(&self, login: &str) -> &str {
        self.sessions.iter().find(|(known, _)| *known == login).map_or("", |(_, token)| token)
    }
}

/// Of one page in one city.
struct Taken {
    median: Duration,
    p99: Duration,
}

impl Taken {
    fn of(mut taken: Vec<Duration>) -> Self {
        taken.sort_unstable();
        let at = |hundredths: usize| taken.get(taken.len() * hundredths / 100).copied().unwrap_or_default();
        Self { median: at(50), p99: at(99) }
    }
}

fn millis(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1_000.0)
}
