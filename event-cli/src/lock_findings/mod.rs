//! What `event_schema::lock` finds, as findings with the command lines that mend it.

mod acceptance;
mod breaks;
mod locked;
mod schema;
mod told;

pub(crate) use acceptance::{named_break, removal};
pub(crate) use told::{report, told};
