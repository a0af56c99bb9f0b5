//! The rows of each answer.

use super::envelope::{self, Shown, cut};
use super::{Answer, Cell, Tone, Value};
use crate::query::time::{ago, span, utc};
use event_core::{Level, Timestamp};
use event_store::{
    Duplicate, Duplicates, EntityState, Funnel, FunnelStep, Hole, Holes, StateAt, StoredEntity,
    StoredEvent, Stuck, Timeline,
};

/// The names of an event's values.
const EVENT: [&str; 10] = [
    "seq",
    "event_id",
    "event_type",
    "event_version",
    "entity_type",
    "entity_id",
    "entity_version",
    "occurred_at",
    "recorded_at",
    "envelope",
];

fn event_values(stored: &StoredEvent<()>) -> Vec<Value> {
    let entity = stored.entity.as_ref();
    vec![
        Value::Number(stored.seq.into()),
        Value::Text(stored.event_id.to_string()),
        Value::Text(stored.event_type.clone()),
        Value::Number(stored.event_version.into()),
        Value::text_or_null(entity.map(|entity| &*entity.kind)),
        Value::text_or_null(entity.map(|entity| &*entity.id)),
        stored.entity_version.map_or(Value::Null, |version| Value::Number(version.into())),
        time(stored.occurred_at),
        time(stored.recorded_at),
        Value::Json(stored.envelope.clone()),
    ]
}

fn time(time: Timestamp) -> Value {
    Value::Text(time.to_string())
}

fn json(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::String(text) => Value::Text(text.clone()),
        other => Value::Json(other.to_string()),
    }
}

fn number(number: u64) -> Value {
    Value::Number(number.into())
}

fn event_shown(stored: &StoredEvent<()>) -> Shown {
    envelope::shown(&stored.envelope, stored.entity.as_ref().map(|entity| &*entity.id))
}

/// The two cells of a time.
fn time_cells(time: Timestamp, now: Timestamp) -> [Cell; 2] {
    [Cell::plain(ago(time, now)), Cell::dim(utc(time))]
}

fn event_cell(event_type: &str, version: u32, tone: Tone) -> Cell {
    Cell { text: format!("{} v{version}", cut(event_type)), tone }
}

fn entity_cell(entity: &StoredEntity) -> Cell {
    Cell::plain(cut(&entity.to_string()))
}

impl Answer for Timeline<()> {
    fn names(&self) -> Vec<&'static str> {
        EVENT.into()
    }

    fn values(&self, item: &StoredEvent<()>) -> Vec<Value> {
        event_values(item)
    }

    fn heads(&self) -> Vec<&'static str> {
        vec!["when", "occurred at (UTC)", "level", "event", "change", "fields"]
    }

    fn cells(&self, item: &StoredEvent<()>, now: Timestamp) -> Vec<Cell> {
        let shown = event_shown(item);
        let tone = shown.level.map_or(Tone::Plain, Tone::Of);
        let level = shown.level.map_or("", Level::as_str);
        let mut cells: Vec<_> = time_cells(item.occurred_at, now).into();
        cells.extend([
            Cell { text: level.to_owned(), tone },
            event_cell(&item.event_type, item.event_version, tone),
            Cell::plain(shown.change),
            Cell::dim(shown.fields),
        ]);
        cells
    }

    fn nothing(&self) -> &'static str {
        "the store has no event of this entity"
    }
}

impl Answer for Stuck<()> {
    fn names(&self) -> Vec<&'static str> {
        EVENT.into()
    }

    fn values(&self, item: &StoredEvent<()>) -> Vec<Value> {
        event_values(item)
    }

    fn heads(&self) -> Vec<&'static str> {
        vec!["began", "occurred at (UTC)", "entity", "event", "fields"]
    }

    fn cells(&self, item: &StoredEvent<()>, now: Timestamp) -> Vec<Cell> {
        let mut cells: Vec<_> = time_cells(item.occurred_at, now).into();
        cells.extend([
            item.entity.as_ref().map_or_else(|| Cell::plain(""), entity_cell),
            event_cell(&item.event_type, item.event_version, Tone::Plain),
            Cell::dim(event_shown(item).fields),
        ]);
        cells
    }

    fn nothing(&self) -> &'static str {
        "no operation is stuck"
    }
}

impl Answer for Funnel {
    fn names(&self) -> Vec<&'static str> {
        vec!["step", "event_type", "entities", "percent"]
    }

    fn values(&self, item: &FunnelStep) -> Vec<Value> {
        vec![
            number(item.number as u64),
            Value::Text(item.event_type.clone()),
            number(item.entities),
            // Digits of the database: `33.33`.
            item.percent.clone().map_or(Value::Null, Value::Json),
        ]
    }

    fn heads(&self) -> Vec<&'static str> {
        vec!["step", "event", "entities", "of the first"]
    }

    fn cells(&self, item: &FunnelStep, _: Timestamp) -> Vec<Cell> {
        vec![
            Cell::plain(item.number.to_string()),
            Cell::plain(item.event_type.clone()),
            Cell::plain(item.entities.to_string()),
            Cell::plain(item.percent.as_ref().map_or("-".to_owned(), |share| format!("{share} %"))),
        ]
    }

    fn nothing(&self) -> &'static str {
        "the funnel has no steps"
    }
}

impl Answer for Duplicates {
    fn names(&self) -> Vec<&'static str> {
        let of_group = ["events", "first_seq", "last_seq", "earliest", "latest"];
        self.key_names().into_iter().chain(of_group).collect()
    }

    fn values(&self, item: &Duplicate) -> Vec<Value> {
        let key = item.key.iter().map(json);
        let of_group = [
            number(item.events),
            Value::Number(item.first_seq.into()),
            Value::Number(item.last_seq.into()),
            time(item.earliest),
            time(item.latest),
        ];
        key.chain(of_group).collect()
    }

    fn heads(&self) -> Vec<&'static str> {
        let of_group = ["events", "within", "latest", "latest at (UTC)"];
        self.key_names().into_iter().chain(of_group).collect()
    }

    fn cells(&self, item: &Duplicate, now: Timestamp) -> Vec<Cell> {
        let key = item.key.iter().map(|part| Cell::plain(envelope::state(part)));
        let within = span(item.latest.saturating_duration_since(item.earliest));
        let of_group = [Cell::plain(item.events.to_string()), Cell::plain(within)];
        key.chain(of_group).chain(time_cells(item.latest, now)).collect()
    }

    fn nothing(&self) -> &'static str {
        "no two events have this key in common"
    }
}

impl Answer for Holes {
    fn names(&self) -> Vec<&'static str> {
        vec!["entity_type", "entity_id", "first_missing", "last_missing"]
    }

    fn values(&self, item: &Hole) -> Vec<Value> {
        vec![
            Value::Text(item.entity.kind.clone()),
            Value::Text(item.entity.id.clone()),
            Value::Number(item.first.into()),
            Value::Number(item.last.into()),
        ]
    }

    fn heads(&self) -> Vec<&'static str> {
        vec!["entity", "versions without an event"]
    }

    fn cells(&self, item: &Hole, _: Timestamp) -> Vec<Cell> {
        let Hole { first, last, .. } = item;
        let versions = if first == last { first.to_string() } else { format!("{first} to {last}") };
        vec![entity_cell(&item.entity), Cell::plain(versions)]
    }

    fn nothing(&self) -> &'static str {
        "every change between two events has an event"
    }
}

impl Answer for StateAt {
    fn names(&self) -> Vec<&'static str> {
        vec!["name", "value", "since", "seq", "event_id", "event_type", "event_version"]
    }

    fn values(&self, item: &EntityState) -> Vec<Value> {
        vec![
            Value::Text(item.name.clone()),
            json(&item.value),
            time(item.since),
            Value::Number(item.seq.into()),
            Value::Text(item.event_id.to_string()),
            Value::Text(item.event_type.clone()),
            Value::Number(item.event_version.into()),
        ]
    }

    fn heads(&self) -> Vec<&'static str> {
        vec!["state", "value", "since", "since (UTC)", "event"]
    }

    fn cells(&self, item: &EntityState, now: Timestamp) -> Vec<Cell> {
        let mut cells =
            vec![Cell::plain(cut(&item.name)), Cell::plain(envelope::state(&item.value))];
        cells.extend(time_cells(item.since, now));
        cells.push(event_cell(&item.event_type, item.event_version, Tone::Plain));
        cells
    }

    fn nothing(&self) -> &'static str {
        "no event had changed a state of this entity"
    }
}
