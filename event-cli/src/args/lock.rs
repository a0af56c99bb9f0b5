//! Which lock a subcommand is about, and which two states of it.

use clap::Args;
use std::path::PathBuf;

/// Where the lock is.
#[derive(Debug, Args)]
pub(crate) struct LockPlace {
    /// The lock [default: where the package's Cargo.toml says, else `events.lock` beside it]
    #[arg(long, value_name = "PATH")]
    pub(crate) lock: Option<PathBuf>,
}

/// `A..B`, either of which may be left out; `A` alone is `A..`.
pub(crate) fn sides(range: Option<&str>) -> (Option<&str>, Option<&str>) {
    let (old, new) = range.map_or(("", ""), |range| range.split_once("..").unwrap_or((range, "")));
    (Some(old).filter(|side| !side.is_empty()), Some(new).filter(|side| !side.is_empty()))
}
