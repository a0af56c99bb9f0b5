//! The command of the block that the crate ships. `-- lock` locks a new version.
#![allow(missing_docs, reason = "the catalog has the block's own documentation")]

use event_core::catalog;
use event_tracing::Tracing;

catalog!(
    pub enum Shipped {
        Tracing(Tracing),
    }
);

fn main() -> std::process::ExitCode {
    event_cli::main(&CATALOG)
}
