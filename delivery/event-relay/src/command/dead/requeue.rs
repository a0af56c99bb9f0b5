//! `dead requeue`.

use super::state_of;
use crate::command::change::{ChangeArgs, events};
use crate::command::console::{Console, Ending};
use crate::command::outbox::{OutboxPlace, say_type_meant, shown};
use crate::message::Seq;
use crate::operation::requeue::{self, Selection};
use crate::source::ParkedState;
use clap::Args;
use event_core::Emitter;

/// The arguments of `dead requeue`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::command) struct RequeueArgs {
    /// The target
    #[arg(long, value_name = "NAME")]
    target: String,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Which events. What waits behind them follows.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Which {
    /// The events at these places
    #[arg(long, value_name = "N", num_args = 1.., value_delimiter = ',')]
    seq: Vec<Seq>,
    /// The events of this type
    #[arg(long = "type", value_name = "NAME")]
    event_type: Option<String>,
    /// The events in this state
    #[arg(
        long, value_name = "STATE",
        value_parser = state_of(&[ParkedState::Retry, ParkedState::Contract, ParkedState::Dead])
    )]
    state: Option<ParkedState>,
    /// All
    #[arg(long)]
    all: bool,
}

const EXAMPLES: &str = "Examples:
  event-relay dead requeue --target billing --seq 17 23
  event-relay dead requeue --target billing --type payment.process.failed
  event-relay dead requeue --target billing --state contract --reason unblocked
  event-relay dead requeue --target billing --all --dry-run

The relay sends them at once, as if they were rejected for the first time.";

impl Which {
    fn selection(&self) -> Selection {
        match (&self.event_type, self.state) {
            (Some(event_type), _) => Selection::Type(event_type.clone()),
            (_, Some(state)) => Selection::State(state),
            _ if self.all => Selection::All,
            _ => Selection::Seqs(self.seq.clone()),
        }
    }
}

pub(super) fn run(
    outbox: &OutboxPlace,
    args: &RequeueArgs,
    emitter: &Emitter,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let RequeueArgs { target, which, change } = args;
    let (selection, configured) = (which.selection(), outbox.configured());
    outbox.with(change.access(), |database| {
        let planned = requeue::plan(database, configured, target, &selection)?.len() as u64;
        if planned == 0 {
            console.say("no parked event matches; nothing was changed")?;
            return say_type_meant(database, which.event_type.as_deref(), console);
        }
        let what = format!("sends {} to {} again", parked_events(planned), shown(target));
        // A person who names events has decided already.
        if (which.all || change.is_dry_run()) && !change.goes_on(&what, console)? {
            return Ok(());
        }
        let requeued = change.with_operator(emitter, |operator| {
            requeue::run(database, operator, configured, target, &selection)
        })?;
        let number = requeued.len() as u64;
        console.say(&format!("requeued {} of {}", parked_events(number), shown(target)))
    })
}

fn parked_events(number: u64) -> String {
    events(number).replace(' ', " parked ")
}
