//! `bench`, `load` and `screenshots`: what is measured or looked at rather than passed.

use std::process::Command;

use anyhow::Result;

use crate::browser;
use crate::build::{self, Built, Kind};
use crate::command;
use crate::layout::Layout;
use crate::postgres::Cluster;
use crate::setup;
use crate::steps::Steps;

/// Prints the budgets with the measured figures beside them: first the server's, then a browser's.
///
/// # Errors
/// When a build or a measurement fails, or a budget is exceeded.
pub fn bench(layout: &Layout, rest: &[String]) -> Result<()> {
    let (built, cluster) = ready(layout)?;
    let server = example(layout, "bench", &["--features", "server/bench"], rest)?;
    command::run(&mut browser::program(server, layout, &built, &cluster))?;
    let pages = browser::playwright(layout, &["--config=bench.config.ts".to_owned()]);
    command::run(&mut browser::program(pages, layout, &built, &cluster))
}

/// Casts ballots from many clients while servers are killed, and counts what was acknowledged.
///
/// # Errors
/// When a build fails, or a ballot is lost or doubled.
pub fn load(layout: &Layout, rest: &[String]) -> Result<()> {
    let (built, cluster) = ready(layout)?;
    let load = example(layout, "load", &[], rest)?;
    command::run(&mut browser::program(load, layout, &built, &cluster))
}

/// Pictures of every page into `e2e/screenshots`.
///
/// # Errors
/// When a build fails or a page cannot be shown.
pub fn screenshots(layout: &Layout, rest: &[String]) -> Result<()> {
    let (built, cluster) = ready(layout)?;
    let mut node = Command::new("node");
    node.arg("screenshots.mjs").args(rest);
    command::run(&mut browser::program(node, layout, &built, &cluster))
}

/// The release build and a PostgreSQL cluster.
fn ready(layout: &Layout) -> Result<(Built, Cluster)> {
    let mut steps = Steps::default();
    setup::for_tests(layout, &mut steps)?;
    let built = build::all(layout, Kind::Release, &mut steps)?;
    let cluster = steps.make("PostgreSQL", || Cluster::start(layout))?;
    Ok((built, cluster))
}

/// Builds a release example of the server package and gives its program with the caller's arguments. Selected
/// together with the app, whose libraries then fit as they are; `cargo run` would take one package alone.
fn example(layout: &Layout, name: &str, features: &[&str], rest: &[String]) -> Result<Command> {
    let mut cargo = command::cargo(&layout.root);
    cargo.args(["build", "--release", "--package", "app", "--package", "server", "--example", name]);
    command::run(cargo.args(features))?;
    let mut program = Command::new(layout.target.join("release/examples").join(name));
    program.args(rest);
    Ok(program)
}
