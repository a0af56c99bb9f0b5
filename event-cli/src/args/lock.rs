//! Which lock a subcommand reads, and which two states of it.

use clap::Args;
use std::path::PathBuf;

/// The path of the lock.
#[derive(Debug, Args)]
pub(crate) struct LockPlace {
    /// Path of the lock [default: the path in the package's Cargo.toml, else `events.lock` beside
    /// it]
    #[arg(long, value_name = "PATH")]
    pub(crate) lock: Option<PathBuf>,
}

/// The two sides of `A..B`. Either side may be missing; `A` alone means `A..`.
pub(crate) fn sides(range: Option<&str>) -> (Option<&str>, Option<&str>) {
    let (old, new) = range.map_or(("", ""), |range| range.split_once("..").unwrap_or((range, "")));
    (Some(old).filter(|side| !side.is_empty()), Some(new).filter(|side| !side.is_empty()))
}
