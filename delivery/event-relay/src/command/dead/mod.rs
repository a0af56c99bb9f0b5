//! `dead`: the parked events.

mod list;
mod requeue;
mod skip;

use super::console::{Console, Ending};
use super::outbox::OutboxPlace;
use crate::source::ParkedState;
use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use event_core::Emitter;

/// The subcommands of `dead`.
#[derive(Debug, Subcommand)]
pub(super) enum DeadCommands {
    /// List parked events, and why they are parked
    List(list::ListArgs),
    /// Send parked events again
    Requeue(requeue::RequeueArgs),
    /// Give parked events up, and send what waits behind them
    Skip(skip::SkipArgs),
}

pub(super) fn run(
    outbox: &OutboxPlace,
    command: &DeadCommands,
    emitter: &Emitter,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    match command {
        DeadCommands::List(args) => list::run(outbox, args, console),
        DeadCommands::Requeue(args) => requeue::run(outbox, args, emitter, console),
        DeadCommands::Skip(args) => skip::run(outbox, args, emitter, console),
    }
}

/// Reads the word of one of `states`.
fn state_of(states: &[ParkedState]) -> impl TypedValueParser<Value = ParkedState> + use<> {
    PossibleValuesParser::new(states.iter().map(|state| state.as_str())).try_map(|word| {
        ParkedState::from_word(&word).ok_or_else(|| format!("`{word}` is not a state"))
    })
}
