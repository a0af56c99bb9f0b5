//! The lock that the own lock is compared with: that of a git revision, or of a directory.
//!
//! A baseline without a lock is never an empty one: nothing would be compared, and the result would
//! look like success.

mod no_lock;
mod read;
mod revision;
mod search;

pub(crate) use no_lock::NO_LOCK;
pub(crate) use read::{Baseline, Held, at_revision};
