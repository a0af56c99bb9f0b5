//! The table of `docs/envelope.md` is made from the table of the record's keys.
//!
//! `UPDATE_DOCS=1 cargo test -p event-grammar --test record_documentation` rewrites it.
#![allow(clippy::unwrap_used, reason = "a test")]

use event_grammar::Level;
use event_grammar::record::{KeyPlace, KeyType, RECORD, RecordKey, Within};
use std::fmt::Write;
use std::fs;
use std::path::Path;

const START: &str = "<!-- keys of the record -->\n";
const END: &str = "<!-- /keys of the record -->\n";

fn table() -> String {
    let mut table = String::from(
        "| in the line | in the envelope | value | what it means | there when |\n\
         | --- | --- | --- | --- | --- |\n",
    );
    for row in RECORD {
        let (line, envelope) = (
            path(row, &[Within::Line]),
            path(row, &[Within::Envelope, Within::Context, Within::Entity]),
        );
        let (value, meaning, when) = (value(row.value), row.meaning, row.when);
        writeln!(table, "| {line} | {envelope} | {value} | {meaning} | {when} |").unwrap();
    }
    table
}

/// Where a rendering has the key; what is within `actor` is in both.
fn path(row: &RecordKey, roots: &[Within]) -> String {
    let is_there =
        |place: &&KeyPlace| place.within == Within::Actor || roots.contains(&place.within);
    let path = row.places.iter().find(is_there).map(|place| match place.within {
        Within::Line | Within::Envelope => format!("`{}`", place.name),
        Within::Context => format!("`context.{}`", place.name),
        Within::Actor => format!("`actor.{}`", place.name),
        Within::Entity => format!("`entity.{}`", place.name),
    });
    path.unwrap_or_else(|| "–".to_owned())
}

fn value(value: KeyType) -> String {
    let text = match value {
        KeyType::EventName => "the name: in snake case in the line, dotted in the envelope",
        KeyType::Level => {
            return Level::ALL.map(|level| format!("`{}`", level.as_str())).join(", ");
        }
        KeyType::Time => "time in RFC 3339",
        KeyType::Uuid => "UUID",
        KeyType::EventVersion | KeyType::Position => "whole number from 1",
        KeyType::Share => "number above 0, up to 1",
        KeyType::Bool => "`true` or `false`",
        KeyType::Text => "text",
        KeyType::TraceId { digits } => return format!("{digits} hex digits"),
        KeyType::ProcessId => "whole number of 32 bits",
        KeyType::ActorKind => "`user`, `service` or `system`",
        KeyType::EntityKind => "the type that `#[entity(..)]` names",
        KeyType::EntityVersion => "as the field",
        KeyType::Object(_) | KeyType::Payload => "object",
    };
    text.to_owned()
}

#[test]
fn the_page_lists_every_key_of_the_record() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/envelope.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(START).unwrap();
    let (found, after) = rest.split_once(END).unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, format!("{before}{START}{}{END}{after}", table())).unwrap();
    } else {
        let mend =
            "`UPDATE_DOCS=1 cargo test -p event-grammar --test record_documentation` writes it";
        assert_eq!(found, table(), "{mend}");
    }
}
