//! What several subcommands take from the command line. The arguments of one subcommand are beside
//! it.

mod event;
mod lock;
mod mode;
#[cfg(feature = "registry")]
pub(crate) mod registry;
mod reporting;

pub(crate) use event::EventArg;
pub(crate) use lock::{LockPlace, sides};
pub(crate) use mode::mode;
pub(crate) use reporting::{Format, Reporting};
