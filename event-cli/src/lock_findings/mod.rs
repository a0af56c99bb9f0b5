//! The findings of `event_schema::lock`, with the command lines that fix them.

mod acceptance;
mod breaks;
mod locked;
mod schema;
mod told;

pub(crate) use acceptance::{named_break, removal};
pub(crate) use told::{report, told};
