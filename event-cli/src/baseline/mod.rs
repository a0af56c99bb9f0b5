//! The baseline: a second lock, from a git revision or a directory, which the own lock is compared
//! with.
//!
//! A baseline without a lock is an error, not an empty baseline: an empty baseline would compare
//! nothing and look like success.

mod no_lock;
mod read;
mod revision;
mod search;

pub(crate) use no_lock::NO_LOCK;
pub(crate) use read::{Baseline, Held, at_revision};
