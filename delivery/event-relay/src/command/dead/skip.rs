//! `dead skip`.

use crate::command::change::{ChangeArgs, events};
use crate::command::console::{Console, Ending};
use crate::command::outbox::{OutboxPlace, shown};
use crate::message::Seq;
use crate::operation::skip::{self, Skipped};
use clap::Args;
use event_core::Emitter;

/// The arguments of `dead skip`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::command) struct SkipArgs {
    /// The target
    #[arg(long, value_name = "NAME")]
    target: String,
    /// The events at these places
    #[arg(long, value_name = "N", num_args = 1.., value_delimiter = ',', required = true)]
    seq: Vec<Seq>,
    #[command(flatten)]
    change: ChangeArgs,
}

const EXAMPLES: &str = "Examples:
  event-relay dead skip --target billing --seq 17
  event-relay dead skip --target billing --seq 17 23 --yes --by ada --reason obsolete

The event stays in the outbox. It is never sent to the target, unless it is replayed.";

pub(super) fn run(
    outbox: &OutboxPlace,
    args: &SkipArgs,
    emitter: &Emitter,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let SkipArgs { target, seq, change } = args;
    let configured = outbox.configured();
    outbox.with(change.access(), |database| {
        let planned = skip::plan(database, configured, target, seq)?;
        let (name, behind) = (shown(target), behind(&planned));
        let number = events(planned.seqs.len() as u64);
        if !change.goes_on(&format!("never sends {number} to {name}{behind}"), console)? {
            return Ok(());
        }
        let skipped = change.with_operator(emitter, |operator| {
            skip::run(database, operator, configured, target, seq)
        })?;
        console.say(&format!("skipped {number} of {name}{}", self::behind(&skipped)))
    })
}

fn behind(skipped: &Skipped) -> String {
    match skipped.released {
        0 => String::new(),
        number => format!("; sends {} behind", events(number)),
    }
}
