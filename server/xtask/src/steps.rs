//! Progress: each step's name when it begins, its time when it ends, a table of all at the close.

use std::fmt;
use std::time::{Duration, Instant};

use anyhow::Result;

/// What a step found when it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There was something to do, and it was done.
    Done,
    /// What the step makes was there already.
    Present,
    /// It could not be had, and there is a way without it.
    Without,
    /// It was tried and did not succeed.
    Failed,
}

/// A step that has ended.
#[derive(Debug)]
struct Step {
    name: String,
    outcome: Outcome,
    took: Duration,
}

/// The steps of one command, in the order they ran.
#[derive(Debug, Default)]
pub struct Steps {
    ended: Vec<Step>,
}

impl Steps {
    /// Runs a step that knows whether there was anything to do.
    ///
    /// # Errors
    /// The step's own; it is noted in the table first.
    pub fn check(&mut self, name: &str, step: impl FnOnce() -> Result<Outcome>) -> Result<()> {
        self.record(name, step).map(drop)
    }

    /// Runs a step and hands its product on.
    ///
    /// # Errors
    /// The step's own; it is noted in the table first.
    pub fn make<T>(&mut self, name: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
        let mut product = None;
        self.record(name, || {
            product = Some(step()?);
            Ok(Outcome::Done)
        })?;
        product.ok_or_else(|| anyhow::anyhow!("step `{name}` left no product"))
    }

    /// Runs a step whose failure is shown but does not keep the next ones from running.
    pub fn attempt(&mut self, name: &str, step: impl FnOnce() -> Result<()>) {
        if let Err(error) = self.make(name, step) {
            eprintln!("  {error:#}");
        }
    }

    /// Whether a step has failed so far.
    pub fn any_failed(&self) -> bool {
        self.ended.iter().any(|step| step.outcome == Outcome::Failed)
    }

    fn record(&mut self, name: &str, step: impl FnOnce() -> Result<Outcome>) -> Result<Outcome> {
        println!("▸ {name}");
        let began = Instant::now();
        let result = step();
        let took = began.elapsed();
        let outcome = *result.as_ref().unwrap_or(&Outcome::Failed);
        println!("  {outcome} ({})", shown(took));
        self.ended.push(Step { name: name.to_owned(), outcome, took });
        result
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Done => "done",
            Self::Present => "present, skipped",
            Self::Without => "not to be had, done without",
            Self::Failed => "FAILED",
        })
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.ended.iter().map(|step| step.name.chars().count()).max().unwrap_or(0);
        for step in &self.ended {
            let Step { name, outcome, took } = step;
            writeln!(f, "{name:<width$}  {:>9}  {outcome}", shown(*took))?;
        }
        let total = self.ended.iter().map(|step| step.took).sum();
        write!(f, "{:<width$}  {:>9}", "total", shown(total))
    }
}

/// A duration at the precision a reader wants: `12 ms`, `3.4 s`, `2 min 05 s`.
pub fn shown(took: Duration) -> String {
    match took.as_secs() {
        0 => format!("{} ms", took.as_millis()),
        1..=59 => format!("{:.1} s", took.as_secs_f64()),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(shown(Duration::from_millis(12)), "12 ms");
        assert_eq!(shown(Duration::from_millis(3_440)), "3.4 s");
        assert_eq!(shown(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn a_failed_step_stays_in_the_table() {
        let mut steps = Steps::default();
        assert!(steps.check("one", || Ok(Outcome::Present)).is_ok());
        assert!(steps.make("two", || anyhow::bail!("no") as Result<()>).is_err());
        assert!(steps.any_failed());
        let table = steps.to_string();
        assert!(table.contains("present, skipped") && table.contains("FAILED"), "{table}");
    }
}
