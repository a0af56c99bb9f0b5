//! `lag`.

use super::console::{Console, Ending};
use super::outbox::OutboxPlace;
use crate::database::Access;
use crate::operation::{OperationError, TargetStatus, status};
use clap::Args;
use event_core::Timestamp;
use std::fmt::Write as _;

/// The arguments of `lag`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct LagArgs {
    /// Only this target [default: each configured target]
    #[arg(long, value_name = "NAME")]
    target: Option<String>,
    /// Exit with 100 if the oldest event that waits is older, in seconds
    #[arg(long, value_name = "N")]
    max_seconds: Option<u64>,
    /// Exit with 100 if more events wait
    #[arg(long, value_name = "N")]
    max_events: Option<u64>,
}

const EXAMPLES: &str = "Examples:
  event-relay lag --database shop.db
  event-relay lag --target billing --max-seconds 60 --max-events 10000

Prints a line for each target. Parked events are not part of the lag: see `status`.";

pub(super) fn run(
    outbox: &OutboxPlace,
    args: &LagArgs,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let targets = outbox.with(Access::ReadOnly, |database| {
        let targets = status(database, outbox.configured(), Timestamp::now())?.targets;
        Ok(chosen(targets, args.target.as_deref())?)
    })?;
    let (mut text, mut exceeds) = (String::new(), false);
    for TargetStatus { target, lag, .. } in &targets {
        let seconds = lag.age.map_or_else(|| "?".to_owned(), |age| age.as_secs().to_string());
        let name = target.escape_debug();
        // The name is last, because it may have spaces in it.
        let _ = writeln!(text, "events={} seconds={seconds} target={name}", lag.events);
        exceeds |= lag.exceeds(args.max_seconds, args.max_events);
    }
    console.print(&text)?;
    if exceeds { Err(Ending::Findings) } else { Ok(()) }
}

/// The target that is asked for, or those that are configured.
fn chosen(
    targets: Vec<TargetStatus>,
    target: Option<&str>,
) -> Result<Vec<TargetStatus>, OperationError> {
    let known: Vec<String> = targets.iter().map(|status| status.target.clone()).collect();
    let is_chosen = |status: &TargetStatus| match target {
        Some(target) => status.target == target,
        None => status.is_configured,
    };
    let chosen: Vec<_> = targets.into_iter().filter(is_chosen).collect();
    match (chosen.is_empty(), target) {
        (true, Some(target)) => {
            Err(OperationError::UnknownTarget { target: target.to_owned(), known })
        }
        (true, None) => Err(OperationError::NoCursor),
        (false, _) => Ok(chosen),
    }
}
