//! `check-config`.

use super::console::{Console, Ending};
use crate::config::{self, Config};
use clap::Args;
use std::path::Path;

/// The arguments of `check-config`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct CheckConfigArgs {}

const EXAMPLES: &str = "Examples:
  event-relay check-config
  event-relay check-config --config relay.toml

It reads the secrets, and prints where they are from. It connects to nothing.";

pub(super) fn run(path: Option<&Path>, console: &mut Console<'_>) -> Result<(), Ending> {
    let table = config::check(path, Config::environment())
        .map_err(|error| Ending::Usage(format!("error: {error}")))?;
    console.print(&table)
}
