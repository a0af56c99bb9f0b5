//! The time in which events have happened.

use crate::statement::{Parameter, Statement};
use event_core::Timestamp;

/// From a time, and to another one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Period {
    pub(super) since: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
}

impl Period {
    /// Adds the conditions on `occurred_at` to a `WHERE` that has others before them, on lines that
    /// begin with `indent`.
    pub(super) fn add_to(self, statement: &mut Statement, indent: &str) {
        for (compared, time) in [(">=", self.since), ("<", self.until)] {
            if let Some(time) = time {
                let condition = format!("\n{indent}AND occurred_at {compared} ");
                statement.sql(condition).value(Parameter::Time(time));
            }
        }
    }
}
