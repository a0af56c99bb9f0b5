//! The legal steps of a `Change`.

use std::fmt;

/// The legal steps from one state: `placed -> paid | cancelled`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transition {
    /// The state before the step, as it is written. `None` for no state before.
    pub from: Option<&'static str>,
    /// The states that may follow, in declaration order. `None` for no state after.
    pub to: &'static [Option<&'static str>],
}

impl Transition {
    #[doc(hidden)]
    pub const fn new(from: Option<&'static str>, to: &'static [Option<&'static str>]) -> Self {
        Self { from, to }
    }

    /// Whether the table has the step. A step from a state to itself needs a row like any other
    /// step.
    pub fn allows(table: &[Self], from: Option<&str>, to: Option<&str>) -> bool {
        table.iter().any(|row| row.from == from && row.to.contains(&to))
    }

    /// The table as a text that does not depend on the declaration order. The lock records this
    /// text.
    pub fn recorded(table: &[Self]) -> String {
        let mut rows: Vec<String> = table
            .iter()
            .map(|row| {
                let mut to: Vec<&str> = row.to.iter().copied().map(word).collect();
                to.sort_unstable();
                format!("{} -> {}", word(row.from), to.join(" | "))
            })
            .collect();
        rows.sort_unstable();
        rows.join(", ")
    }
}

/// The name of a state, `null` for none.
fn word(state: Option<&'static str>) -> &'static str {
    state.unwrap_or("null")
}

impl fmt::Display for Transition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> ", word(self.from))?;
        for (at, to) in self.to.iter().copied().enumerate() {
            write!(f, "{}{}", if at == 0 { "" } else { " | " }, word(to))?;
        }
        Ok(())
    }
}
