//! `status`.

use super::age;
use super::console::{Console, Ending};
use super::outbox::OutboxPlace;
use super::table::{self, Format};
use crate::database::Access;
use crate::message::Seq;
use crate::operation::{OutboxStatus, TargetStatus, status};
use crate::source::LeaseState;
use clap::Args;
use event_core::Timestamp;
use serde_json::{Value, json};
use std::time::Duration;

/// The arguments of `status`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct StatusArgs {
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

const EXAMPLES: &str = "Examples:
  event-relay status --database shop.db
  event-relay status --format json

Exits with 100 if an event is dead or waits for a contract, or a cursor is ahead of the events.";

pub(super) fn run(
    outbox: &OutboxPlace,
    args: &StatusArgs,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let found = outbox.with(Access::ReadOnly, |database| {
        Ok(status(database, outbox.configured(), Timestamp::now())?)
    })?;
    match args.format {
        Format::Table => console.print(&text(&found))?,
        Format::Json => console.say(&as_json(&found).to_string())?,
    }
    let has_findings = found.targets.iter().any(TargetStatus::needs_a_person);
    if has_findings { Err(Ending::Findings) } else { Ok(()) }
}

const HEADER: [&str; 14] = [
    "target",
    "cursor",
    "lag",
    "lag age",
    "published",
    "retry",
    "contract",
    "behind",
    "dead",
    "parked for",
    "active",
    "relay",
    "lease",
    "",
];

fn text(status: &OutboxStatus) -> String {
    let OutboxStatus { schema_version, oldest, newest, targets } = status;
    let places = match oldest {
        Some(oldest) => format!("events {oldest} to {newest}"),
        None if *newest == 0 => "no events".to_owned(),
        None => format!("no events; all up to {newest} are purged"),
    };
    let head = format!("{places}; tables of version {schema_version}\n");
    if targets.is_empty() {
        return head + "no targets: no relay has run with this database\n";
    }
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    rows.extend(targets.iter().map(row));
    head + &table::lines(&rows)
}

fn row(target: &TargetStatus) -> Vec<String> {
    let mut cells = vec![
        target.target.clone(),
        target.cursor.map_or_else(|| "-".to_owned(), |cursor| cursor.to_string()),
        target.lag.events.to_string(),
        age::shown(target.lag.age),
        target.published.to_string(),
    ];
    cells.extend(target.parked.iter().map(|(_, events)| events.to_string()));
    cells.push(age::shown(target.oldest_parked));
    cells.push(
        target.active.map_or_else(|| "never".to_owned(), |_| age::shown(target.active) + " ago"),
    );
    cells.push(target.lease.as_ref().map_or("-", LeaseState::relay).to_owned());
    cells.push(target.lease.as_ref().map_or_else(|| "-".to_owned(), lease));
    cells.push(notes(target));
    cells
}

fn lease(lease: &LeaseState) -> String {
    match lease {
        LeaseState::Held(holder) => format!("ends in {}", age::shown(Some(holder.lasts))),
        LeaseState::Ended { ago, .. } => format!("ended {} ago", age::shown(Some(*ago))),
    }
}

fn notes(target: &TargetStatus) -> String {
    let mut notes = Vec::new();
    if !target.is_configured {
        notes.push("not in the configuration");
    }
    if target.cursor.is_none() {
        notes.push("not started");
    }
    if target.is_ahead {
        notes.push("the cursor is ahead of the newest event: `rewind` it");
    }
    notes.join(", ")
}

fn as_json(status: &OutboxStatus) -> Value {
    json!({
        "schema_version": status.schema_version,
        "oldest_seq": status.oldest,
        "newest_seq": status.newest,
        "targets": status.targets.iter().map(target_json).collect::<Vec<_>>(),
    })
}

fn target_json(target: &TargetStatus) -> Value {
    let parked =
        target.parked.iter().map(|(state, events)| (state.as_str().to_owned(), json!(events)));
    let seconds = |age: Option<Duration>| age.map(|age| age.as_secs());
    let low_seq: Option<Seq> = target.cursor;
    let (held, ended) = match &target.lease {
        Some(LeaseState::Held(holder)) => (Some(holder.lasts), None),
        Some(LeaseState::Ended { ago, .. }) => (None, Some(*ago)),
        None => (None, None),
    };
    json!({
        "target": target.target,
        "configured": target.is_configured,
        "low_seq": low_seq,
        "lag_events": target.lag.events,
        "lag_seconds": seconds(target.lag.age),
        "published": target.published,
        "parked": parked.collect::<serde_json::Map<_, _>>(),
        "oldest_parked_seconds": seconds(target.oldest_parked),
        "active_seconds": seconds(target.active),
        "relay": target.lease.as_ref().map(LeaseState::relay),
        "lease_ends_in_seconds": seconds(held),
        "lease_ended_seconds": seconds(ended),
        "ahead": target.is_ahead,
    })
}
