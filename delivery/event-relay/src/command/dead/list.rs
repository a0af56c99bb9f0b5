//! `dead list`.

use super::state_of;
use crate::command::console::{Console, Ending};
use crate::command::outbox::OutboxPlace;
use crate::command::table::{self, Format};
use crate::database::Access;
use crate::operation::{ParkedEvent, ParkedList, parked};
use crate::source::ParkedState;
use clap::Args;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The arguments of `dead list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::command) struct ListArgs {
    /// Only this target [default: all]
    #[arg(long, value_name = "NAME")]
    target: Option<String>,
    /// Only these states
    #[arg(
        long, value_name = "STATES", value_delimiter = ',', default_value = "dead,contract",
        value_parser = state_of(&ParkedState::ALL)
    )]
    state: Vec<ParkedState>,
    /// At most this many events
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// Show the ids of entities, which can be personal data
    #[arg(long)]
    show_ids: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

const EXAMPLES: &str = "Examples:
  event-relay dead list --database shop.db
  event-relay dead list --target billing --state dead,behind --show-ids
  event-relay dead list --format json --limit 1000";

pub(super) fn run(
    outbox: &OutboxPlace,
    args: &ListArgs,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let found = outbox.with(Access::ReadOnly, |database| {
        let target = args.target.as_deref();
        Ok(parked(database, outbox.configured(), target, &args.state, args.limit)?)
    })?;
    match args.format {
        Format::Table => console.print(&text(&found, args.show_ids)),
        Format::Json => console.say(&as_json(&found, args.show_ids).to_string()),
    }
}

fn text(list: &ParkedList, with_ids: bool) -> String {
    if list.total == 0 {
        return format!("no parked events in these states{}\n", elsewhere(list));
    }
    let header = ["target", "seq", "event", "entity", "state", "attempts", "since", "reason"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    rows.extend(list.events.iter().map(|event| row(event, with_ids)));
    let mut text = table::lines(&rows);
    let more = list.total - list.events.len() as u64;
    if more > 0 {
        let _ = writeln!(text, "and {more} more: raise `--limit` to see them");
    }
    text
}

/// The states that have events, and how to see them.
fn elsewhere(list: &ParkedList) -> String {
    if list.elsewhere.is_empty() {
        return String::new();
    }
    let counts =
        list.elsewhere.iter().map(|(state, events)| format!("{events} `{}`", state.as_str()));
    let words: Vec<&str> = list.elsewhere.iter().map(|(state, _)| state.as_str()).collect();
    let counts = counts.collect::<Vec<_>>().join(", ");
    format!("; there are {counts}: `--state {}` shows them", words.join(","))
}

fn row(event: &ParkedEvent, with_ids: bool) -> Vec<String> {
    let version = event.event_version.map_or_else(|| "?".to_owned(), |version| version.to_string());
    let entity = event.entity.as_ref().map_or_else(
        || "-".to_owned(),
        |entity| {
            if with_ids { format!("{}/{}", entity.kind, entity.id) } else { entity.kind.clone() }
        },
    );
    vec![
        event.target.clone(),
        event.seq.to_string(),
        format!("{}@{version}", event.event_type),
        entity,
        event.state.clone(),
        event.attempts.to_string(),
        // To the second.
        event.parked_at.chars().take(19).chain(['Z']).collect(),
        event.reason.replace("\nhelp: ", "; help: "),
    ]
}

fn as_json(list: &ParkedList, with_ids: bool) -> Value {
    let event_json = |event: &ParkedEvent| {
        let entity = event.entity.as_ref();
        let mut object = json!({
            "target": event.target,
            "seq": event.seq,
            "event_type": event.event_type,
            "event_version": event.event_version,
            "entity_type": entity.map(|entity| &entity.kind),
            "state": event.state,
            "attempts": event.attempts,
            "parked_at": event.parked_at,
            "reason": event.reason,
        });
        if with_ids {
            object["entity_id"] = json!(entity.map(|entity| &entity.id));
        }
        object
    };
    json!({
        "events": list.events.iter().map(event_json).collect::<Vec<_>>(),
        "total": list.total,
    })
}
