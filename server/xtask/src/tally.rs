//! Reading how many tests passed from what the test runners say at their end.

use std::fmt;
use std::ops::AddAssign;

/// Counts of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ran and held.
    pub passed: u32,
    /// Ran and did not hold, at least once.
    pub failed: u32,
    /// Were left out.
    pub skipped: u32,
}

impl Tally {
    /// Adds up all closing lines in `output`, by nextest, `cargo test` and Playwright:
    ///
    /// ```text
    /// Summary [   0.9s] 12 tests run: 11 passed (1 slow), 1 failed, 2 skipped
    /// test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out
    ///   7 passed (41.2s)
    /// ```
    pub fn read(output: &str) -> Self {
        let mut tally = Self::default();
        for line in output.lines().filter(|line| is_closing(line)) {
            let words: Vec<_> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            for pair in words.windows(2) {
                if let Ok(count) = pair[0].parse::<u32>() {
                    tally.count(pair[1], count);
                }
            }
        }
        tally
    }

    fn count(&mut self, word: &str, count: u32) {
        match word {
            "passed" => self.passed += count,
            // Neither a test that holds only at a second try nor one that was cut short has passed.
            "failed" | "flaky" | "interrupted" => self.failed += count,
            "skipped" | "ignored" | "did" => self.skipped += count,
            _ => {}
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, failed, skipped } = self;
        write!(f, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

fn is_closing(line: &str) -> bool {
    let line = line.trim_start();
    let by_playwright = line.split_once(' ').is_some_and(|(count, what)| {
        let known = ["passed", "failed", "flaky", "interrupted", "skipped", "did not run"];
        count.parse::<u32>().is_ok() && known.iter().any(|known| what.starts_with(known))
    });
    by_playwright || line.starts_with("Summary [") || line.starts_with("test result:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest() {
        let said = "  Summary [   0.9s] 12 tests run: 11 passed (1 slow), 1 failed, 2 skipped\n";
        assert_eq!(Tally::read(said), Tally { passed: 11, failed: 1, skipped: 2 });
    }

    #[test]
    fn cargo_test_adds_up_its_binaries() {
        let said = "test a ... ok\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n\
                    test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured\n";
        assert_eq!(Tally::read(said), Tally { passed: 4, failed: 2, skipped: 1 });
    }

    #[test]
    fn playwright() {
        let said = "  ✓  1 a › 3 passed things (2s)\n  1 failed\n  1 flaky\n  2 did not run\n  7 passed (41.2s)\n";
        assert_eq!(Tally::read(said), Tally { passed: 7, failed: 2, skipped: 2 });
    }
}
