//! Starting other programs: what is shown, and what a failure says.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, anyhow, bail};

/// The cargo that started us (so that the toolchain stays the same), run in `root`.
pub fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root);
    cargo
}

/// The command as a person would type it.
pub fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| quoted(&word.to_string_lossy()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs `command` with our own output.
///
/// # Errors
/// When it cannot be started or does not exit with 0; the message repeats the command.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    let status = command.status().with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Runs `command` and returns what it wrote to standard output.
///
/// # Errors
/// When it cannot be started or does not exit with 0; the message carries its standard error.
pub fn output(command: &mut Command) -> Result<String> {
    let line = line(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start `{line}`"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{line}` failed ({})\n{}", output.status, said.trim_end());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Runs `command`, showing what it writes as it comes; whether it exited with 0, and all it wrote.
///
/// # Errors
/// When it cannot be started or its output cannot be read.
pub fn shown_and_kept(command: &mut Command) -> Result<(bool, String)> {
    let line = line(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{line}`"))?;
    let (errors, output) = (child.stderr.take(), child.stdout.take());
    let errors = thread::spawn(|| show_and_keep(errors));
    let mut kept = show_and_keep(output)?;
    kept += &errors.join().map_err(|_| anyhow!("reading the errors of `{line}`"))??;
    Ok((child.wait()?.success(), kept))
}

fn show_and_keep(stream: Option<impl Read>) -> Result<String> {
    let mut kept = String::new();
    let Some(stream) = stream else { return Ok(kept) };
    for line in BufReader::new(stream).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        println!("{line}");
        kept += &line;
        kept.push('\n');
    }
    Ok(kept)
}

/// Whether `program` can be started and exits with 0, whatever it prints.
pub fn succeeds(program: impl AsRef<OsStr>, args: &[&str]) -> bool {
    Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=,@+%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_can_be_pasted_into_a_shell() {
        let mut command = Command::new("psql");
        command.args(["-c", "select 'x'", ""]);
        assert_eq!(line(&command), r"psql -c 'select '\''x'\''' ''");
    }

    #[test]
    fn a_failure_names_the_command_and_what_it_said() {
        let failed = output(Command::new("sh").args(["-c", "echo sorry >&2; exit 3"]));
        let message = failed.expect_err("exit 3 is a failure").to_string();
        assert!(message.contains("exit 3") && message.contains("sorry"), "{message}");
    }
}
