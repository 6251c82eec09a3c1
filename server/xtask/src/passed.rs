//! Remembers for which sources all tests passed, so that asking again about the same ones takes seconds.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;
use crate::files;
use crate::layout::Layout;
use crate::setup::CHROMIUM;
use crate::tally::Tally;

/// The sources and tools that a run of the tests stands for.
pub struct Passed {
    note: PathBuf,
    digest: String,
}

impl Passed {
    /// Reads every file that git knows or would take, and the versions of what compiles and shows them.
    ///
    /// # Errors
    /// When there is no git here or a file cannot be read: then nothing is remembered.
    pub fn of(layout: &Layout) -> Result<Self> {
        let arguments = "ls-files -z --cached --others --exclude-standard".split(' ');
        let listing = command::output(Command::new("git").current_dir(&layout.root).args(arguments))?;
        let mut names: Vec<_> = listing.split('\0').filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let (compiler, browser) = (Command::new("rustc"), Command::new(CHROMIUM));
        let mut parts = Vec::with_capacity(names.len() + 2);
        for mut tool in [compiler, browser] {
            parts.push(command::output(tool.arg("--version"))?);
        }
        let mut contents = Vec::with_capacity(names.len());
        for name in names {
            let path = layout.root.join(name);
            // What is listed and not there was deleted and not yet said so to git.
            if path.is_file() {
                parts.push(name.to_owned());
                contents.push(fs::read(&path).with_context(|| path.display().to_string())?);
            }
        }
        let digest = files::digest(&[files::digest(&parts), files::digest(&contents)]);
        Ok(Self { note: layout.scratch().join("passed"), digest })
    }

    /// What was counted when all tests passed for the same, if they did.
    pub fn before(&self) -> Option<Tally> {
        let note = fs::read_to_string(&self.note).ok()?;
        let (digest, said) = note.split_once('\n')?;
        (digest == self.digest).then(|| Tally::read(said))
    }

    /// Notes that all tests passed.
    ///
    /// # Errors
    /// When the note cannot be written.
    pub fn keep(&self, tally: Tally) -> Result<()> {
        fs::create_dir_all(self.note.parent().unwrap_or(&self.note))?;
        Ok(fs::write(&self.note, format!("{}\nSummary [] {tally}\n", self.digest))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_for_the_same_sources_only() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-passed-{}", std::process::id()));
        let noted = |digest: &str| Passed { note: folder.join("passed"), digest: digest.to_owned() };
        let tally = Tally { passed: 7, failed: 0, skipped: 1 };
        assert_eq!(noted("a").before(), None);
        noted("a").keep(tally)?;
        let (same, other) = (noted("a").before(), noted("b").before());
        files::remove(&folder)?;
        assert_eq!((same, other), (Some(tally), None));
        Ok(())
    }
}
