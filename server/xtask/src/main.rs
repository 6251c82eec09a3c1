//! The project's own commands: `cargo xtask run | test | dev | bench | load | screenshots`.
//!
//! They start from a bare Debian machine with rustup's stable Rust, gcc, Node.js and npm, and
//! bring what else they need: see `setup`. What they leave is described at `build`.

mod browser;
mod build;
mod command;
mod dev;
mod files;
mod layout;
mod measure;
mod parallel;
mod passed;
mod postgres;
mod run;
mod setup;
mod steps;
mod tally;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use layout::Layout;

/// Builds, tests and serves HS慧力生活.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build for release, fill the demo city, serve it on 127.0.0.1:3000.
    Run,
    /// Check formatting and lints, run all tests on SQLite, PostgreSQL and in Chromium.
    Test {
        /// Also when all checks passed for the same sources before.
        #[arg(long)]
        again: bool,
    },
    /// Serve a quick build and renew it whenever a source changes.
    Dev,
    /// Measure the budgets.
    Bench(Rest),
    /// Cast ballots under load while servers are killed.
    Load(Rest),
    /// Take a picture of every page.
    Screenshots(Rest),
    /// Build for release: the program and its site folder, nothing else.
    Build,
}

#[derive(clap::Args)]
struct Rest {
    /// Handed on to the program that does the work.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

fn main() -> ExitCode {
    let layout = Layout::here();
    let result = match Arguments::parse().task {
        Task::Run => run::run(&layout),
        Task::Test { again } => test::run(&layout, again),
        Task::Dev => dev::run(&layout),
        Task::Bench(Rest { rest }) => measure::bench(&layout, &rest),
        Task::Load(Rest { rest }) => measure::load(&layout, &rest),
        Task::Screenshots(Rest { rest }) => measure::screenshots(&layout, &rest),
        Task::Build => run::build(&layout).map(drop),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
