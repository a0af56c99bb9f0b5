//! What every command takes that changes something.

use super::console::{Console, Ending};
use super::user;
use crate::database::Access;
use crate::operation::Operator;
use clap::Args;
use event_core::Emitter;

/// Who changes something, why, and whether it is done.
#[derive(Debug, Args)]
pub(super) struct ChangeArgs {
    /// Show what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask for a confirmation
    #[arg(long)]
    yes: bool,
    /// The person who decides, for the audit event [default: `USER`, else `LOGNAME`, else the account
    /// that runs this command]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why, for the audit event
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl ChangeArgs {
    /// A dry run needs no write access.
    pub(super) fn access(&self) -> Access {
        if self.dry_run { Access::ReadOnly } else { Access::Write }
    }

    /// Whether only what would happen is asked for.
    pub(super) fn is_dry_run(&self) -> bool {
        self.dry_run
    }

    /// Whether the number of events must be known before anything is changed.
    pub(super) fn shows_a_plan(&self) -> bool {
        self.dry_run || !self.yes
    }

    /// Whether to go on with `what`, which destroys or repeats something. On a dry run it is shown
    /// instead.
    pub(super) fn goes_on(&self, what: &str, console: &mut Console<'_>) -> Result<bool, Ending> {
        if self.dry_run {
            console.say(&format!("dry run: {what}"))?;
        } else if !self.yes {
            console.confirm(what)?;
        }
        Ok(!self.dry_run)
    }

    /// The person of the audit event.
    pub(super) fn with_operator<T>(
        &self,
        emitter: &Emitter,
        work: impl FnOnce(&Operator<'_>) -> T,
    ) -> T {
        let by = self.by.clone().unwrap_or_else(user::name);
        work(&Operator { emitter, by: &by, reason: self.reason.as_deref() })
    }
}

/// `1 event`, `3 events`.
pub(super) fn events(number: u64) -> String {
    if number == 1 { "1 event".to_owned() } else { format!("{number} events") }
}
