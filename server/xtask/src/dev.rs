//! `cargo xtask dev`: builds without optimising, serves, and starts again when a source changes.

use std::fs;
use std::path::Path;
use std::process::Child;
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::build::{self, Kind};
use crate::command;
use crate::files;
use crate::layout::Layout;
use crate::run;
use crate::setup;
use crate::steps::Steps;

/// What is watched, below the workspace.
const SOURCES: [&str; 8] =
    ["app", "server/src", "server/contract", "server/migrations", "style", "public", "Cargo.toml", "Cargo.lock"];

/// How often sources are looked at: a few hundred files, which takes a millisecond or two.
const INTERVAL: Duration = Duration::from_millis(400);

/// Builds and serves until interrupted. A build that fails leaves the server before it running.
///
/// # Errors
/// When the machine lacks something, or the sources cannot be read.
pub fn run(layout: &Layout) -> Result<()> {
    setup::for_build(layout, &mut Steps::default())?;
    let mut server = Server::default();
    loop {
        let seen = newest(&layout.root)?;
        if let Err(error) = server.renew(layout) {
            eprintln!("{error:#}\n");
        }
        println!("▸ watching; Ctrl-C ends");
        while newest(&layout.root)? == seen {
            thread::sleep(INTERVAL);
        }
    }
}

/// The server being shown, if any.
#[derive(Default)]
struct Server(Option<Child>);

impl Server {
    fn renew(&mut self, layout: &Layout) -> Result<()> {
        let built = build::all(layout, Kind::Dev, &mut Steps::default())?;
        self.stop();
        run::demo(layout, &built)?;
        self.0 = Some(run::hs(layout, &built).arg("serve").spawn()?);
        Ok(())
    }

    /// Ends the server as an administrator would, so that it finishes what it accepted.
    fn stop(&mut self) {
        if let Some(mut server) = self.0.take() {
            command::succeeds("kill", &["-TERM", &server.id().to_string()]);
            if let Err(error) = server.wait() {
                eprintln!("the server before: {error}");
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// When a source last changed, and how many there are (a deleted one leaves no time behind).
fn newest(root: &Path) -> Result<(SystemTime, usize)> {
    let (mut newest, mut count) = (SystemTime::UNIX_EPOCH, 0);
    for source in SOURCES.map(|source| root.join(source)) {
        let names = if source.is_dir() { files::below(&source)? } else { vec!["".into()] };
        for name in names {
            // A file deleted since it was listed shows in the count of the next look.
            if let Ok(modified) = fs::metadata(source.join(name)).and_then(|file| file.modified()) {
                newest = newest.max(modified);
                count += 1;
            }
        }
    }
    Ok((newest, count))
}
