//! What several subcommands take from the command line. The arguments of one subcommand are beside
//! it; those of `export` are here.

mod event;
mod json_schema;
mod lock;
#[cfg(feature = "registry")]
pub(crate) mod registry;
mod reporting;
mod schema;

pub(crate) use event::EventArg;
pub(crate) use json_schema::{EXPORT_EXAMPLES, Exported, JsonSchemaArgs};
pub(crate) use lock::{LockPlace, sides};
pub(crate) use reporting::{Format, Reporting};
pub(crate) use schema::ModeArg;
#[cfg(feature = "registry")]
pub(crate) use schema::{ContractArg, RenderingArg};
