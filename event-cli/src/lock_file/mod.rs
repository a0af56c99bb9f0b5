//! `events.lock` and the files beside it: where they are, reading them, writing them.
//!
//! What is decided about them is in `event_schema::lock`.

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
