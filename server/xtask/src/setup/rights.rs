//! Who we are, and whether that is enough to install something.

use std::process::Command;

use anyhow::{Result, bail};

use crate::command;

/// Whether we run as root.
pub fn is_root() -> bool {
    command::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Runs installing commands as root: directly, or by a `sudo` that asks nothing.
///
/// # Errors
/// When we may not; the message is what to run. Otherwise the first failing command's own.
pub fn run_as_root(commands: &[&[&str]]) -> Result<()> {
    let root = is_root();
    if !root && !command::succeeds("sudo", &["-n", "true"]) {
        let lines: Vec<_> = commands.iter().map(|words| format!("sudo {}", words.join(" "))).collect();
        bail!("this needs root; run it, then start again:\n\n    {}\n", lines.join(" && "));
    }
    for words in commands {
        let words: Vec<&str> = if root { words.to_vec() } else { [&["sudo"], *words].concat() };
        command::run(Command::new(words[0]).args(&words[1..]))?;
    }
    Ok(())
}
