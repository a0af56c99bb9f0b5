//! The arguments of `lock`.

use crate::args::{EventArg, LockPlace, mode};
use clap::Args;
use event_grammar::lock::Mode;

/// The arguments of `lock`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a word of the command line, said or not said"
)]
pub(crate) struct LockArgs {
    /// Events to lock [default: every draft and every locked version]
    #[arg(value_name = "EVENT[@VERSION]")]
    pub(crate) events: Vec<EventArg>,
    /// Compatibility mode of the given versions, else of drafts [default: full-transitive]
    #[arg(long, value_parser = mode())]
    pub(crate) mode: Option<Mode>,
    /// Print the changes, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write nothing; exit with 100 if a file would change
    #[arg(long)]
    pub(crate) check: bool,
    /// Recompute the sums of merged or edited lines, and restore missing files from the
    /// declarations
    #[arg(long, conflicts_with_all = ["events", "mode", "retire", "check"])]
    pub(crate) repair: bool,
    /// Retire a version that is no longer declared: its name stays reserved, its files stay
    #[arg(long, value_name = "EVENT@VERSION")]
    pub(crate) retire: Vec<EventArg>,
    /// Write even if `CI` is set
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) place: LockPlace,
}

const EXAMPLES: &str = "Examples:
  lock
  lock payment_process_failed --mode backward
  lock --retire payment_process_failed@1
  lock --repair

If the catalog does not build because of the lock: EVENTS_LOCK=off cargo run -p shop-command -- \
                             lock --repair

Exits with 100, and writes nothing, if a locked version breaks a reader.";
