//! Who we are, and whether that is enough to install something.

use std::process::Command;

use anyhow::{Result, bail};

use crate::command;

/// Whether we run as root.
pub fn is_root() -> bool {
    command::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Runs an installing command as root: directly, or by a `sudo` that asks nothing.
///
/// # Errors
/// When we may not; the message is the command to run. Otherwise the command's own.
pub fn run_as_root(words: &[&str]) -> Result<()> {
    let (program, prefix): (_, &[&str]) = if is_root() {
        (words[0], &[])
    } else if command::succeeds("sudo", &["-n", "true"]) {
        ("sudo", &words[..1])
    } else {
        bail!("this needs root; run it, then start again:\n\n    sudo {}\n", words.join(" "));
    };
    command::run(Command::new(program).args(prefix).args(&words[1..]))
}
