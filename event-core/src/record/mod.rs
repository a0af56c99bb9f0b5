//! One encoded event: the record that sinks borrow, and copies of it that can be kept.

mod deduplication;
mod entity;
mod envelope;
pub mod frame;
mod id;
mod line;
pub mod members;
pub(crate) mod nesting;
mod owned;
mod queue;

pub use entity::Entity;
pub use id::EventId;
pub use owned::OwnedRecord;

pub(crate) use line::{Asks, Constants, Draft, Line, Sampling};
pub(crate) use queue::RecordQueue;

use crate::model::meta::EventMeta;
use crate::value::encode::{Encoder, Mark, scan};
use crate::value::time::Timestamp;
use event_grammar::Level;
use std::cell::{Cell, OnceCell};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// One encoded event, which sinks borrow: its descriptor, its time, and its two renderings, the
/// flat line and the nested envelope.
pub struct Record<'a> {
    head: &'a Head<'a>,
    /// The line with its line break.
    line: &'a [u8],
    marks: Marks,
    /// The marks of the members. Empty if no sink asks for members.
    members: &'a [Mark],
    asked: Asked,
    /// In a box to keep the record small: most records are dropped without an envelope.
    envelope: OnceCell<Box<Encoder>>,
}

/// The data of an event besides its fields.
#[derive(Clone, Copy)]
pub(crate) struct Head<'a> {
    pub(crate) meta: &'static EventMeta,
    pub(crate) level: Level,
    pub(crate) occurred_at: Timestamp,
    pub(crate) recorded_at: Timestamp,
    /// `None` for a record that already has its id and its sequence number.
    pub(crate) origin: Option<Origin<'a>>,
}

/// The values that are made at their first use. 0 until then.
#[derive(Clone, Debug, Default)]
struct Asked {
    id: Cell<u128>,
    sequence: Cell<u64>,
}

/// The offsets of a line's parts. Each part ends where the next begins.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks {
    /// The time, without its quotes.
    time: u32,
    /// The members about the emission: `incomplete` and the sampling.
    sampling: u32,
    /// The member `actor`.
    actor: u32,
    /// The trace, the service, and the bound groups.
    context: u32,
    /// The event's own fields, and the contributions of its unit of work.
    payload: u32,
}

/// The source of ids and sequence numbers, which are made when a sink asks for them.
#[derive(Clone, Copy)]
pub(crate) struct Origin<'a> {
    pub(crate) ids: Option<&'a IdSource>,
    /// The last sequence number.
    pub(crate) sequence: &'a AtomicU64,
}

/// Makes an id for the time of an event.
pub(crate) type IdSource = dyn Fn(Timestamp) -> EventId + Send + Sync;

impl Head<'_> {
    fn id(&self) -> EventId {
        // A custom id source gets the event's time. The event's time may be any time, so the
        // crate's own ids use the time of recording.
        match self.origin.and_then(|origin| origin.ids) {
            Some(ids) => ids(self.occurred_at),
            None => EventId::next(self.recorded_at),
        }
    }

    fn next(&self) -> u64 {
        self.origin.map_or(0, |origin| origin.sequence.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

impl<'a> Record<'a> {
    /// The descriptor of the event.
    pub const fn meta(&self) -> &'static EventMeta {
        self.head.meta
    }

    /// The level of this record.
    pub const fn level(&self) -> Level {
        self.head.level
    }

    /// The time of the event.
    pub const fn occurred_at(&self) -> Timestamp {
        self.head.occurred_at
    }

    /// The time of recording, by the emitter's clock. It is before [`Record::occurred_at`] if an
    /// event was emitted with a time in the future.
    pub const fn recorded_at(&self) -> Timestamp {
        self.head.recorded_at
    }

    /// The id, made at the first call. It contains the time of recording.
    pub fn event_id(&self) -> EventId {
        if self.asked.id.get() == 0 {
            self.asked.id.set(self.head.id().as_u128());
        }
        EventId::from_u128(self.asked.id.get())
    }

    /// The sequence number, made at the first call. It counts the records of the emitter that were
    /// asked for it, from 1. 0 for a record without one.
    pub fn sequence(&self) -> u64 {
        if self.asked.sequence.get() == 0 {
            self.asked.sequence.set(self.head.next());
        }
        self.asked.sequence.get()
    }

    /// The flat line: one JSON object, then a line break.
    pub const fn line(&self) -> &'a [u8] {
        self.line
    }

    /// The flat line as text, without the line break.
    pub fn text(&self) -> &'a str {
        // The encoder writes only valid UTF-8.
        str::from_utf8(self.line).unwrap_or_default().trim_end_matches('\n')
    }

    /// The event's own fields and the contributions of its unit of work, as the members of a JSON
    /// object without its braces.
    pub fn payload(&self) -> &'a [u8] {
        without_comma(self.part(self.marks.payload, self.end()))
    }

    /// The bound context as the members of a JSON object without its braces: the trace, the
    /// service, and the groups that the event declares.
    pub fn context(&self) -> &'a [u8] {
        without_comma(self.part(self.marks.context, self.marks.payload))
    }

    /// The value of one member of the bound context, as JSON: `trace_id`, `correlation_id`, or a
    /// field of a bound group that the event declares.
    pub fn context_member(&self, key: &str) -> Option<&'a str> {
        // The encoder writes only valid UTF-8.
        str::from_utf8(scan::value(self.context(), key)?).ok()
    }

    /// The actor as the member of a JSON object: nothing, or `"actor":{..}`.
    pub fn actor(&self) -> &'a [u8] {
        without_comma(self.part(self.marks.actor, self.marks.context))
    }

    /// The offset of the closing brace.
    fn end(&self) -> u32 {
        place(self.line.len()) - place("}\n".len())
    }

    fn part(&self, from: u32, to: u32) -> &'a [u8] {
        &self.line[from as usize..to as usize]
    }

    fn time_text(&self) -> &'a [u8] {
        &self.line[self.marks.time as usize..][..Timestamp::LEN]
    }
}

/// An offset in a line. A line is shorter than 4 GiB, because a longer payload would not fit into
/// memory with the event.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn without_comma(members: &[u8]) -> &[u8] {
    members.strip_prefix(b",").unwrap_or(members)
}

impl fmt::Debug for Record<'_> {
    /// Shows the line, which is masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({})", self.text())
    }
}
