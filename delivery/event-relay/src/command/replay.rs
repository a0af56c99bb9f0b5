//! `replay`.

use super::age::parse_time;
use super::change::{ChangeArgs, events};
use super::console::{Console, Ending};
use super::outbox::{OutboxPlace, say_type_meant, shown};
use crate::message::EntityKey;
use crate::operation::replay::{self, Filter};
use clap::Args;
use event_core::{Emitter, Timestamp};

/// The arguments of `replay`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ReplayArgs {
    /// The target
    #[arg(long, value_name = "NAME")]
    target: String,
    /// Events that were recorded at this time or later
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    from: Timestamp,
    /// Events that were recorded before this time
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    to: Option<Timestamp>,
    /// Events of this type
    #[arg(long = "type", value_name = "NAME")]
    event_type: Option<String>,
    /// Events about this entity
    #[arg(long, value_name = "TYPE/ID", value_parser = parse_entity)]
    entity: Option<EntityKey>,
    #[command(flatten)]
    change: ChangeArgs,
}

const EXAMPLES: &str = "Examples:
  event-relay replay --target billing --from 2026-11-30T09:00:00Z --dry-run
  event-relay replay --target billing --from 2026-11-01 --to 2026-11-30 --type order.created
  event-relay replay --target billing --from 2026-01-01 --entity order/17

The cursor does not move. Later events of an entity wait until its replayed events are sent.";

fn parse_entity(text: &str) -> Result<EntityKey, String> {
    let parts = text.split_once('/').filter(|(kind, id)| !kind.is_empty() && !id.is_empty());
    let (kind, id) = parts.ok_or_else(|| "expected a type and an id: `order/17`".to_owned())?;
    Ok(EntityKey { kind: kind.to_owned(), id: id.to_owned() })
}

pub(super) fn run(
    outbox: &OutboxPlace,
    args: &ReplayArgs,
    emitter: &Emitter,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let ReplayArgs { target, change, .. } = args;
    let filter = Filter {
        from: args.from,
        to: args.to,
        event_type: args.event_type.clone(),
        entity: args.entity.clone(),
    };
    outbox.with(change.access(), |database| {
        let seqs = replay::plan(database, outbox.configured(), target, &filter)?;
        if seqs.is_empty() {
            console.say("no delivered event matches; nothing was changed")?;
            return say_type_meant(database, args.event_type.as_deref(), console);
        }
        let what = format!("sends {} to {} again", events(seqs.len() as u64), shown(target));
        if !change.goes_on(&what, console)? {
            return Ok(());
        }
        let replayed = change
            .with_operator(emitter, |operator| replay::run(database, operator, target, &seqs))?;
        console.say(&format!("sends {} to {} again, from now on", events(replayed), shown(target)))
    })
}
