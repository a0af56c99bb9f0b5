//! `events.lock` and the files beside it: finds, reads and writes them.
//!
//! `event_schema::lock` makes the decisions about them.

mod merged;
mod open;
mod package;
mod place;
mod text;
mod unreadable;
mod write;

pub(crate) use open::{Opened, damage};
pub(crate) use package::package_of_lock;
pub(crate) use place::LockFile;
pub(crate) use text::read;
pub(crate) use write::refuse_in_ci;
