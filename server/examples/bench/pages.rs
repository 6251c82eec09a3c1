//! What pages wait for, in a small and in a large city, and the server's memory at rest.

use crate::table::Table;
use crate::{Failure, Folder};
use contract::PageRequest;
use contract::people::PeopleSearch;
use server::voting::testing::{Setup, election, organiser, voter};
use server::{Core, demo, people, voting};
use std::time::{Duration, Instant};

/// Calls of each verb that are timed, after as many untimed ones in the same city.
const CALLS: usize = 500;
/// One resident in this many is on the roll of the open vote.
const ON_ROLL: u64 = 50;
/// The large city's p99 against the small one's.
const SLOWDOWN: f64 = 1.5;
/// Memory at rest in the largest city, in MB (10⁶ bytes).
const MEMORY_MB: f64 = 100.0;
/// Searches by name: a surname, a full name, and nothing (the list).
const SEARCHES: [&str; 3] = ["张", "王伟", ""];

/// p99 of the verbs behind the pages.
struct Timed {
    people: u64,
    search: Duration,
    open_for: Duration,
}

/// Fills and measures each city; true when the budgets are kept.
pub async fn measure(table: &mut Table, cities: &[u64]) -> Result<bool, Failure> {
    let (mut all, mut kept) = (Vec::new(), true);
    for people in cities {
        let folder = Folder::new(&format!("city-{people}"))?;
        let timed = city(&folder, *people).await?;
        table.row(format!("people search, {people} people, p99"), micros(timed.search), "");
        table.row(format!("votes for home, {people} people, p99"), micros(timed.open_for), "");
        let memory = memory_of_a_server(&folder)?;
        let budget = if *people >= 1_000_000 { format!("at most {MEMORY_MB:.0} MB") } else { String::new() };
        table.row(format!("server memory at rest, {people} people"), format!("{memory:.0} MB"), budget);
        kept &= *people < 1_000_000 || memory <= MEMORY_MB;
        folder.remove()?;
        all.push(timed);
    }
    if let [small, .., large] = &all[..] {
        for (what, small, large) in
            [("people search", small.search, large.search), ("votes for home", small.open_for, large.open_for)]
        {
            let ratio = large.as_secs_f64() / small.as_secs_f64();
            kept &= ratio <= SLOWDOWN;
            table.row(
                format!("{what}: largest city against smallest"),
                format!("{ratio:.2} x"),
                format!("{SLOWDOWN} x"),
            );
        }
        println!("cities of {} and {} people", small.people, large.people);
    }
    Ok(kept)
}

async fn city(folder: &Folder, people: u64) -> Result<Timed, Failure> {
    let core = folder.core().await?;
    let began = Instant::now();
    demo::fill(&core, people).await?;
    println!("city of {people} people filled in {:.1} s", began.elapsed().as_secs_f64());
    let heads = usize::try_from(people / ON_ROLL)?;
    let now = core.clock.now();
    election(&core, Setup { heads, candidates: 5, seats: 2, opens_at: now, closes_at: now + 86_400_000 }).await?;
    searches(&core).await?;
    let search = p99(searches(&core).await?);
    votes(&core, heads).await?;
    let open_for = p99(votes(&core, heads).await?);
    core.db.close().await;
    Ok(Timed { people, search, open_for })
}

async fn searches(core: &Core) -> Result<Vec<Duration>, Failure> {
    let mut taken = Vec::with_capacity(CALLS);
    for n in 0..CALLS {
        let q = SEARCHES[n % SEARCHES.len()].to_owned();
        let input = PeopleSearch { q, area: None, page: PageRequest::default() };
        let began = Instant::now();
        people::search(&organiser(), core, input).await?;
        taken.push(began.elapsed());
    }
    Ok(taken)
}

async fn votes(core: &Core, heads: usize) -> Result<Vec<Duration>, Failure> {
    let mut taken = Vec::with_capacity(CALLS);
    for n in 0..CALLS {
        let caller = voter(n * 7_919 % heads.max(1));
        let began = Instant::now();
        let open = voting::open_for(&caller, core).await?;
        taken.push(began.elapsed());
        if open.len() != 1 {
            return Err("the open vote is not shown".into());
        }
    }
    Ok(taken)
}

fn p99(mut taken: Vec<Duration>) -> Duration {
    taken.sort_unstable();
    taken.get(taken.len() * 99 / 100).copied().unwrap_or_default()
}

fn micros(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1_000.0)
}

/// Resident memory of a fresh process over the folder's database, in MB.
fn memory_of_a_server(folder: &Folder) -> Result<f64, Failure> {
    let output = std::process::Command::new(std::env::current_exe()?).arg("--idle").arg(&folder.0).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// The fresh process: opens the database, answers some searches, rests, prints its memory.
pub async fn idle(folder: &Folder) -> Result<(), Failure> {
    let core = folder.core().await?;
    searches(&core).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    println!("{:.1}", kilobytes * 1_024.0 / 1_000_000.0);
    Ok(())
}
