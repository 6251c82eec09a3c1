//! `cargo xtask test`: everything that must hold before a change lands.

use std::process::Command;

use anyhow::{Result, bail};

use crate::browser;
use crate::build::{self, Kind};
use crate::command;
use crate::layout::Layout;
use crate::passed::Passed;
use crate::postgres::Cluster;
use crate::setup;
use crate::steps::Steps;
use crate::tally::Tally;

/// Runs all checks, the later ones also when an earlier one fails, and prints a table. What passed for the
/// same sources before is not run `again` unless asked.
///
/// # Errors
/// When the machine could not be made ready, or a check failed.
pub fn run(layout: &Layout, again: bool) -> Result<()> {
    let (mut steps, mut tally) = (Steps::default(), Tally::default());
    let ready = setup::for_tests(layout, &mut steps);
    // Taken before, so that what changes meanwhile is tested next time.
    let sources = Passed::of(layout).ok();
    if let Some(before) = sources.as_ref().filter(|_| !again && ready.is_ok()).and_then(Passed::before) {
        println!("\n{steps}\n\nall checks passed for these very sources: {before}");
        println!("`cargo xtask test --again` runs them once more");
        return Ok(());
    }
    if ready.is_ok() {
        lints(layout, &mut steps);
        tests(layout, &mut steps, &mut tally)?;
    }
    println!("\n{steps}\n");
    println!("{tally}");
    ready?;
    if steps.any_failed() {
        bail!("some checks failed");
    }
    sources.map_or(Ok(()), |sources| sources.keep(tally))
}

fn lints(layout: &Layout, steps: &mut Steps) {
    let mut cargo = |name: &str, arguments: &str| {
        steps.attempt(name, || command::run(command::cargo(&layout.root).args(arguments.split(' '))));
    };
    cargo("formatting", "fmt --all --check");
    // In the profiles of what follows, so that build scripts and macros are compiled once.
    cargo("clippy", "clippy --release --workspace --all-targets --features server/bench -- -D warnings");
    cargo(
        "clippy, Wasm side",
        "clippy --profile wasm-release --package app --lib --no-default-features --features hydrate \
         --target wasm32-unknown-unknown -- -D warnings",
    );
}

fn tests(layout: &Layout, steps: &mut Steps, tally: &mut Tally) -> Result<()> {
    let cluster = steps.make("PostgreSQL for the tests", || Cluster::start(layout))?;
    // Apart, because cargo would otherwise compile the build tool's libraries a second time, with
    // the features that all packages together ask for. The rest runs as it ships: the server program
    // then needs only to be linked. Examples are left to clippy: they have no tests.
    let packages: [(_, &[&str]); 2] = [
        ("unit and store tests", &["--release", "--workspace", "--exclude", "xtask", "--lib", "--test", "*"]),
        ("tests of the build tool", &["--package", "xtask"]),
    ];
    for (name, packages) in packages {
        steps.attempt(name, || {
            let runner: &[&str] = if setup::has_nextest() { &["nextest", "run"] } else { &["test"] };
            let mut cargo = command::cargo(&layout.root);
            cargo.args(runner).args(packages).arg("--no-fail-fast");
            count(cargo.env("TEST_DATABASE_URL", cluster.url()), tally)
        });
    }
    match build::all(layout, Kind::Release, steps) {
        Ok(built) => steps.attempt("journeys in Chromium", || {
            let playwright = browser::playwright(layout, &[]);
            count(&mut browser::program(playwright, layout, &built, &cluster), tally)
        }),
        Err(error) => eprintln!("{error:#}"),
    }
    steps.attempt("stop PostgreSQL", || {
        drop(cluster);
        Ok(())
    });
    Ok(())
}

/// Runs a test runner, showing its output, and adds its closing figures to `tally`.
fn count(runner: &mut Command, tally: &mut Tally) -> Result<()> {
    let (success, output) = command::shown_and_kept(runner)?;
    let this = Tally::read(&output);
    *tally += this;
    if !success || this.failed > 0 {
        bail!("{} passed, {} failed", this.passed, this.failed);
    }
    Ok(())
}
