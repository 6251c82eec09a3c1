//! The program's subcommands.

mod backup;
mod rotate;
mod serve;
mod setup;

use crate::config::Config;
use crate::core::Core;
use crate::error::{Error, Result};
use crate::events::{self, Verdict};
use crate::{demo, observe, voting};
use axum::Router;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Parser)]
#[command(name = "hs", version, about = "HS慧力生活")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the app (and brings the database up to date first).
    Serve,
    /// Brings the database up to date.
    Migrate,
    /// Fills an empty database with the demo city.
    Demo {
        /// People in the registry.
        #[arg(long, default_value_t = 13_000)]
        people: u64,
    },
    /// Makes the keyring, unless it is there. The first step of a deployment: without keys nothing can be sealed.
    Keys,
    /// Enters areas, from the city down to units, from a CSV file with the columns `area,name,code`; what is there
    /// takes its name and code from the file.
    Areas {
        /// The file, such as `public/huangshan.csv`.
        file: PathBuf,
    },
    /// Grants a role to whoever signs in with a phone: the first administrator, who then grants the rest.
    Grant {
        /// A mobile phone's number.
        phone: String,
        /// The role.
        role: String,
        /// The area it holds in and inside.
        #[arg(default_value = "3410")]
        area: String,
    },
    /// Writes a copy of the SQLite database, also while it is served.
    Backup {
        /// The file to write; must not exist.
        file: PathBuf,
    },
    /// Puts a copy back in place of what the SQLite database holds, also while it is served.
    Restore {
        /// A file that `backup` wrote.
        file: PathBuf,
    },
    /// Walks the event log and names the first broken block.
    VerifyLog,
    /// Recomputes an election from its published bundle; needs no database.
    VerifyElection {
        /// The bundle, as downloaded from the result page.
        file: PathBuf,
    },
    /// Makes a new key and seals all sealed fields with it.
    RotateKeys,
    /// Prints the effective configuration, secrets hidden.
    Config,
}

/// Runs the subcommand named on the command line. `pages` makes the app's router.
pub async fn main(pages: impl AsyncFnOnce(&Core) -> Result<Router>) -> ExitCode {
    match run(Cli::parse().command, pages).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("hs: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command, pages: impl AsyncFnOnce(&Core) -> Result<Router>) -> Result<ExitCode> {
    let config = Config::from_env()?;
    observe::start(&config);
    match command {
        Command::Serve => {
            let core = Core::open(config).await?;
            let router = crate::router::around(&core, pages(&core).await?);
            serve::serve(core, router).await?;
        }
        Command::Migrate => {
            Core::open(config).await?;
            println!("up to date");
        }
        Command::Demo { people } => demo::fill(&Core::open(config).await?, people).await?,
        Command::Keys => setup::keys(&config)?,
        Command::Areas { file } => setup::areas(&Core::open(config).await?, &file).await?,
        Command::Grant { phone, role, area } => setup::grant(&Core::open(config).await?, phone, role, area).await?,
        Command::Backup { file } => backup::backup(&config, &file).await?,
        Command::Restore { file } => backup::restore(&Core::open(config).await?, &file).await?,
        Command::VerifyLog => return verify_log(&Core::open(config).await?).await,
        Command::VerifyElection { file } => return verify_election(&file),
        Command::RotateKeys => rotate::rotate(config).await?,
        Command::Config => {
            for setting in config.settings() {
                println!("{:<16} {}", setting.name, setting.value);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn verify_log(core: &Core) -> Result<ExitCode> {
    Ok(match events::verify(core).await? {
        Verdict::Whole { blocks, events } => {
            println!("the log is whole: {blocks} blocks, {events} events");
            ExitCode::SUCCESS
        }
        Verdict::Broken { height, why } => {
            println!("block {height} is broken: {why}");
            ExitCode::FAILURE
        }
    })
}

fn verify_election(file: &std::path::Path) -> Result<ExitCode> {
    let bundle = std::fs::read(file).map_err(|e| Error::internal(format!("{}: {e}", file.display())))?;
    Ok(match voting::verify_bundle(&bundle) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            println!("the bundle does not hold: {why}");
            ExitCode::FAILURE
        }
    })
}
