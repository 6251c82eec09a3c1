//! `cargo xtask bench`, the server's half: a large list taken in, ballots through the door against bare loops
//! that write the same rows, a large vote, pages in a small and a large city, memory. SQLite, all in one run.
//!
//! `--people 13000,1300000` names the cities, `--ballots 20000` and `--clients 64` the poll.

mod ballots;
mod bare;
mod import;
mod pages;
mod site;
mod table;
mod votes;
mod watch;

use server::Core;
use server::clock::Clock;
use server::config::Config;
use server::ids::Ids;
use std::path::PathBuf;
use table::Table;

/// Any trouble ends the run.
type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    if std::env::args().any(|argument| argument == watch::CHILD) {
        return watch::serve(votes::OPENS).await;
    }
    let ballots: usize = argument("--ballots").map_or(Ok(20_000), |text| text.parse())?;
    let clients: usize = argument("--clients").map_or(Ok(64), |text| text.parse())?;
    let people = argument("--people").unwrap_or_else(|| "13000,1300000".to_owned());
    let people: Vec<u64> = people.split(',').map(str::parse).collect::<Result<_, _>>()?;

    let mut table = Table::new();
    // First, since a process's peak of memory never falls.
    let swift = import::measure(&mut table).await?;
    let kept = ballots::measure(&mut table, ballots, clients).await?;
    votes::measure(&mut table, ballots, clients).await?;
    let fast = pages::measure(&mut table, &people).await?;
    print!("{table}");
    if swift && kept && fast { Ok(()) } else { Err("a budget is exceeded".into()) }
}

/// The text after `--name`.
fn argument(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

/// A temporary home for one measurement; removed by hand, since a child process looks into it too.
pub struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(format!("hs-bench-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    fn database(&self) -> PathBuf {
        self.0.join("hs.db")
    }

    fn url(&self) -> String {
        format!("sqlite:{}", self.database().display())
    }

    /// Opens the server's foundations here.
    async fn core(&self) -> Result<Core, Failure> {
        Ok(Core::open(self.config()?).await?)
    }

    /// The same under a clock of its own.
    async fn core_at(&self, clock: Clock) -> Result<Core, Failure> {
        Ok(Core::with(self.config()?, clock, Ids::from_system()).await?)
    }

    fn config(&self) -> server::Result<Config> {
        Config::read(|name| match name {
            "DATABASE_URL" => Some(self.url()),
            "HS_DATA" => Some(self.0.display().to_string()),
            "HS_DEMO" => Some("1".to_owned()),
            _ => None,
        })
    }

    fn remove(self) -> Result<(), Failure> {
        Ok(std::fs::remove_dir_all(self.0)?)
    }
}
