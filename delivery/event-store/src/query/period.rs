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
    /// Adds the conditions on `occurred_at` to a `WHERE` that has others before them.
    pub(super) fn add_to(self, statement: &mut Statement) {
        if let Some(since) = self.since {
            statement.sql("\n    AND occurred_at >= ").value(Parameter::Time(since));
        }
        if let Some(until) = self.until {
            statement.sql("\n    AND occurred_at < ").value(Parameter::Time(until));
        }
    }
}
