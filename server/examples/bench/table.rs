//! The printed table: what was measured, and the budget beside it.

use std::fmt;

/// Rows as they come.
pub struct Table(Vec<[String; 3]>);

impl Table {
    pub fn new() -> Self {
        Self(vec![["what".to_owned(), "measured".to_owned(), "budget".to_owned()]])
    }

    /// Adds a row; `budget` may be empty.
    pub fn row(&mut self, what: impl Into<String>, measured: impl Into<String>, budget: impl Into<String>) {
        self.0.push([what.into(), measured.into(), budget.into()]);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths: [usize; 3] =
            std::array::from_fn(|at| self.0.iter().map(|row| row[at].chars().count()).max().unwrap_or(0));
        for (number, row) in self.0.iter().enumerate() {
            for (cell, width) in row.iter().zip(widths) {
                write!(f, "| {cell:width$} ")?;
            }
            writeln!(f, "|")?;
            if number == 0 {
                for width in widths {
                    write!(f, "|{}", "-".repeat(width + 2))?;
                }
                writeln!(f, "|")?;
            }
        }
        Ok(())
    }
}
