//! The lock check of a locked event and of its types and groups: comparisons with the lock, at the
//! tokens that may have changed.

mod catalog;
mod event;
mod forms;
mod held;
mod types;
mod watch;

pub(super) use catalog::declared;
pub(super) use event::kept;
pub(super) use held::held;
pub(super) use types::{group_kept, value_kept};
pub(super) use watch::{watch, watch_type};

/// How many breaks of an event or a catalog as a whole are reported at once; each is a constant to
/// evaluate.
const REPORTED: usize = 4;
