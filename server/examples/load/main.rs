//! `cargo xtask load`: 64 clients cast for 20,000 owners while the server is killed five times.
//!
//! The server is a process of its own (this program again, with `--child`), killed with SIGKILL at
//! random moments and started anew. Afterwards every acknowledged ballot must be in the count with
//! the choice that was sent, none twice, and the event log must verify. Runs on SQLite and, when
//! `TEST_DATABASE_URL` names a cluster, on PostgreSQL: with one server, and with two, one of which is
//! killed. Then [`notices`] does the like with messages. Everything stays on 127.0.0.1 and ends in bounded
//! time. `--only ballots` or `--only notices` runs one of the two.

mod check;
mod child;
mod clients;
mod notices;
mod run;

use run::{Plan, Stage};
use std::time::Duration;

/// Any trouble ends the run.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Longest time of one stage: far above what it needs, so that a hang is told as a failure.
const PATIENCE: Duration = Duration::from_secs(300);

#[tokio::main]
async fn main() -> Result<(), Failure> {
    if std::env::args().any(|argument| argument == "--child") {
        return child::serve().await;
    }
    if std::env::args().any(|argument| argument == "--notices-child") {
        return notices::serve().await;
    }
    let plan =
        Plan { heads: number("--heads", 20_000)?, clients: number("--clients", 64)?, kills: number("--kills", 5)? };
    let mut stages = vec![Stage { title: "SQLite, one server", cluster: None, servers: 1 }];
    match std::env::var("TEST_DATABASE_URL") {
        Ok(cluster) => {
            stages.push(Stage { title: "PostgreSQL, one server", cluster: Some(cluster.clone()), servers: 1 });
            stages.push(Stage { title: "PostgreSQL, two servers, one killed", cluster: Some(cluster), servers: 2 });
        }
        Err(_) => println!("TEST_DATABASE_URL is not set: PostgreSQL is left out"),
    }
    let only = std::env::args().skip_while(|argument| argument != "--only").nth(1);
    if only.as_deref() != Some("notices") {
        ballots(&plan, &stages).await?;
    }
    if only.as_deref() != Some("ballots") {
        stages.truncate(2);
        messages(&stages).await?;
    }
    Ok(())
}

async fn ballots(plan: &Plan, stages: &[Stage]) -> Result<(), Failure> {
    for stage in stages {
        println!("== {}: {} owners, {} clients, {} kills", stage.title, plan.heads, plan.clients, plan.kills);
        tokio::time::timeout(PATIENCE, run::stage(plan, stage)).await.map_err(|_| "out of time")??;
    }
    Ok(())
}

async fn messages(stages: &[Stage]) -> Result<(), Failure> {
    let plan = notices::Plan { people: number("--people", 100_000)?, kills: number("--notices-kills", 3)? };
    for stage in stages {
        println!("== {}: a notice to {} people, {} kills", stage.title, plan.people, plan.kills);
        tokio::time::timeout(notices::PATIENCE, notices::stage(&plan, stage)).await.map_err(|_| "out of time")??;
    }
    Ok(())
}

/// The number after `--name`, or `default`.
fn number(name: &str, default: usize) -> Result<usize, Failure> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name).skip(1);
    Ok(arguments.next().map_or(Ok(default), |value| value.parse())?)
}
