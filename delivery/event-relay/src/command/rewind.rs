//! `rewind`.

use super::change::{ChangeArgs, events};
use super::console::{Console, Ending};
use super::outbox::{OutboxPlace, shown};
use crate::message::Seq;
use crate::operation::rewind::{self, Rewound};
use clap::Args;
use event_core::Emitter;
use std::fmt::Write as _;

/// The arguments of `rewind`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct RewindArgs {
    /// The target
    #[arg(long, value_name = "NAME")]
    target: String,
    /// The place of the last event that is not sent again
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(0..))]
    to_seq: Seq,
    #[command(flatten)]
    change: ChangeArgs,
}

const EXAMPLES: &str = "Examples:
  event-relay rewind --target billing --to-seq 1200 --dry-run
  event-relay rewind --target billing --to-seq 0 --yes --by ada --reason restored

A place ahead of the cursor skips the events between: they are never sent to the target.";

pub(super) fn run(
    outbox: &OutboxPlace,
    args: &RewindArgs,
    emitter: &Emitter,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let RewindArgs { target, to_seq, change } = args;
    let configured = outbox.configured();
    outbox.with(change.access(), |database| {
        let planned = rewind::plan(database, configured, target, *to_seq)?;
        if planned.from == Some(*to_seq) && planned.unparked == 0 {
            let text =
                format!("the cursor of {} is at {to_seq}; nothing was changed", shown(target));
            return console.say(&text);
        }
        let what = format!("moves the cursor of {}{}", shown(target), effect(&planned));
        if !change.goes_on(&what, console)? {
            return Ok(());
        }
        let rewound = change.with_operator(emitter, |operator| {
            rewind::run(database, operator, configured, target, *to_seq)
        })?;
        console.say(&format!("moved the cursor of {}{}", shown(target), effect(&rewound)))
    })
}

fn effect(rewound: &Rewound) -> String {
    let Rewound { from, to, again, skipped, unparked, purged_up_to } = rewound;
    let mut text = match from {
        Some(from) => format!(" from {from} to {to}"),
        None => format!(" to {to}"),
    };
    if *skipped > 0 {
        let _ = write!(text, "; SKIPS {}: they are never sent", events(*skipped));
    }
    if *again > 0 {
        let _ = write!(text, "; sends {} again", events(*again));
    }
    if *unparked > 0 {
        let _ = write!(text, ", {unparked} of them parked now");
    }
    if let Some(place) = purged_up_to {
        let _ = write!(text, "; events up to {place} are purged, and are not sent");
    }
    text
}
