//! An event as a row of the event table.

use event_core::record::{OwnedRecord, Record};
use event_core::{EventId, Timestamp};
use event_grammar::retention_days;
use std::borrow::Cow;
use std::time::Duration;

/// The number of columns.
pub(crate) const COLUMNS: usize = 14;

/// An event as a row of the event table. What queries look for is a column; the whole event is the
/// envelope.
///
/// Texts are borrowed from the record, where it has them as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow<'a> {
    /// The unique id of the event.
    pub event_id: EventId,
    /// The name of the event, with dots: `payment.process.failed`.
    pub event_type: &'static str,
    /// The version of the event's declaration.
    pub event_version: u32,
    /// The type of the entity that the event is about.
    pub entity_type: Option<&'static str>,
    /// The id of the entity, as text.
    pub entity_id: Option<Cow<'a, str>>,
    /// The version of the entity. `None` too if it is not an integer of 64 bits.
    pub entity_version: Option<i64>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When it was recorded, by the emitter's clock.
    pub recorded_at: Timestamp,
    /// The id of the trace, 32 hexadecimal digits.
    pub trace_id: Option<Cow<'a, str>>,
    /// The id of the open span, 16 hexadecimal digits.
    pub span_id: Option<Cow<'a, str>>,
    /// Connects the events of one business transaction.
    pub correlation_id: Option<Cow<'a, str>>,
    /// What makes two events one: `#[event(deduplicate(..))]`. The table has each key once.
    pub deduplication_key: Option<String>,
    /// The row must not be purged before this time: `recorded_at` and the event's declared
    /// retention. `None` for an event without one.
    pub retain_until: Option<Timestamp>,
    /// The envelope: one JSON object, without a line break. Masked fields are masked.
    pub envelope: String,
}

const DAY: Duration = Duration::from_secs(86_400);

/// A value to bind to a parameter of [`INSERT`](crate::sql::sqlite::INSERT).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// `NULL`.
    Null,
    /// An integer.
    Integer(i64),
    /// A text.
    Text(&'a str),
    /// An id. Where the database has no type for it: its text, 36 characters.
    Id(EventId),
    /// A time. Where the database has no type for it: its text, RFC 3339 in UTC with microseconds,
    /// which sorts as the time.
    Time(Timestamp),
}

impl<'a> OutboxRow<'a> {
    /// The columns of a row, in the order of [`values`](Self::values) and of the parameters of the
    /// insert. The table also has `seq`, which the database fills in.
    pub const COLUMNS: [&'static str; COLUMNS] = [
        "event_id",
        "event_type",
        "event_version",
        "entity_type",
        "entity_id",
        "entity_version",
        "occurred_at",
        "recorded_at",
        "trace_id",
        "span_id",
        "correlation_id",
        "deduplication_key",
        "retain_until",
        "envelope",
    ];

    /// The row of a record.
    pub fn of(record: &'a OwnedRecord) -> Self {
        let record = record.record();
        let meta = record.meta();
        let entity = record.entity();
        // The encoder writes only valid UTF-8.
        let envelope = str::from_utf8(record.envelope().trim_ascii_end()).unwrap_or_default();
        Self {
            event_id: record.event_id(),
            event_type: meta.name.dotted,
            event_version: meta.version,
            entity_type: entity.map(|entity| entity.kind),
            entity_id: entity.map(|entity| text_of(entity.id)),
            entity_version: entity.and_then(|entity| entity.version?.parse().ok()),
            occurred_at: record.occurred_at(),
            recorded_at: record.recorded_at(),
            trace_id: context(&record, "trace_id"),
            span_id: context(&record, "span_id"),
            correlation_id: context(&record, "correlation_id"),
            deduplication_key: record.deduplication_key(),
            retain_until: meta
                .governance
                .retention
                .and_then(retention_days)
                .map(|days| record.recorded_at().saturating_add(DAY * days)),
            envelope: envelope.to_owned(),
        }
    }

    /// The values of the columns, in the order of [`COLUMNS`](Self::COLUMNS).
    pub fn values(&self) -> [Value<'_>; COLUMNS] {
        [
            Value::Id(self.event_id),
            Value::Text(self.event_type),
            Value::Integer(self.event_version.into()),
            text(self.entity_type),
            text(self.entity_id.as_deref()),
            self.entity_version.map_or(Value::Null, Value::Integer),
            Value::Time(self.occurred_at),
            Value::Time(self.recorded_at),
            text(self.trace_id.as_deref()),
            text(self.span_id.as_deref()),
            text(self.correlation_id.as_deref()),
            text(self.deduplication_key.as_deref()),
            self.retain_until.map_or(Value::Null, Value::Time),
            Value::Text(&self.envelope),
        ]
    }
}

fn text(text: Option<&str>) -> Value<'_> {
    text.map_or(Value::Null, Value::Text)
}

fn context<'a>(record: &Record<'a>, key: &str) -> Option<Cow<'a, str>> {
    record.context_member(key).filter(|json| *json != "null").map(text_of)
}

/// The text of a JSON string, or a number as it is written.
fn text_of(json: &str) -> Cow<'_, str> {
    match json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Cow::Borrowed(plain),
        Some(_) => serde_json::from_str(json).map_or(Cow::Borrowed(json), Cow::Owned),
        None => Cow::Borrowed(json),
    }
}
