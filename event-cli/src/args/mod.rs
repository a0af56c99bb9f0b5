//! What several subcommands take from the command line. The arguments of one subcommand are beside
//! it.

mod event;
mod lock;
#[cfg(feature = "registry")]
pub(crate) mod registry;
mod reporting;
mod schema;

pub(crate) use event::EventArg;
pub(crate) use lock::{LockPlace, sides};
pub(crate) use reporting::{Format, Reporting};
pub(crate) use schema::mode;
#[cfg(feature = "registry")]
pub(crate) use schema::{ContractArg, RenderingArg};
