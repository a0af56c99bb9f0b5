//! Command-line arguments that several subcommands share. The arguments of one subcommand are
//! beside that subcommand.

mod event;
mod lock;
mod mode;
#[cfg(feature = "registry")]
pub(crate) mod registry;
mod reporting;
#[cfg(any(feature = "query", feature = "registry"))]
pub(crate) mod secret;

pub(crate) use event::EventArg;
pub(crate) use lock::{LockPlace, sides};
pub(crate) use mode::mode;
pub(crate) use reporting::{Format, Reporting};
