//! What the benches share: the table that they print, and the crates that they build.

pub mod generated;

use std::fmt;

/// Rows of text, printed in columns.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a heading.
    pub fn new(heading: &[&str]) -> Self {
        let mut table = Self::default();
        table.row(heading.iter().copied());
        table
    }

    /// Adds a row.
    pub fn row<T: ToString>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(cells.into_iter().map(|cell| cell.to_string()).collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |column: usize| {
            self.rows.iter().filter_map(move |row| row.get(column)).map(|cell| cell.chars().count())
        };
        let widths: Vec<usize> =
            (0..columns).map(|column| width(column).max().unwrap_or_default()).collect();
        for (at, row) in self.rows.iter().enumerate() {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!(" {cell:<width$} "));
            writeln!(f, "|{}|", cells.collect::<Vec<_>>().join("|"))?;
            if at == 0 {
                let rule = widths.iter().map(|width| format!(" {:-<width$} ", ""));
                writeln!(f, "|{}|", rule.collect::<Vec<_>>().join("|"))?;
            }
        }
        Ok(())
    }
}

/// How a measured ratio stands to its target.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// At most this.
    AtMost(f64),
    /// At least this.
    AtLeast(f64),
}

impl Target {
    /// The target, and whether `measured` is within it.
    pub fn verdict(self, measured: f64) -> String {
        let (sign, target, reached) = match self {
            Self::AtMost(target) => ("≤", target, measured <= target),
            Self::AtLeast(target) => ("≥", target, measured >= target),
        };
        format!("{sign} {target}: {}", if reached { "reached" } else { "NOT REACHED" })
    }
}
