//! One event, encoded: what sinks are lent, and what can be kept and handed on.

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

pub(crate) use line::{Asks, Draft, Line, Sampling};
pub(crate) use queue::RecordQueue;

use crate::model::meta::EventMeta;
use crate::value::encode::{Encoder, Mark};
use crate::value::time::Timestamp;
use event_grammar::Level;
use std::cell::{Cell, OnceCell};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// One encoded event, lent to the sinks: what it is declared as, when it happened, and its two
/// renderings, the flat line and the nested envelope.
pub struct Record<'a> {
    head: &'a Head<'a>,
    /// The line and its line break.
    line: &'a [u8],
    marks: Marks,
    /// Where its members are; none, where no sink asked for them.
    members: &'a [Mark],
    asked: Asked,
    /// In a box, so that a record is small: most are lent and dropped without one.
    envelope: OnceCell<Box<Encoder>>,
}

/// What is known of an event besides its fields.
#[derive(Clone, Copy)]
pub(crate) struct Head<'a> {
    pub(crate) meta: &'static EventMeta,
    pub(crate) level: Level,
    pub(crate) occurred_at: Timestamp,
    pub(crate) recorded_at: Timestamp,
    /// None of a record that has its id and its place.
    pub(crate) origin: Option<Origin<'a>>,
}

/// What is made when it is asked for first; 0 until then.
#[derive(Clone, Debug, Default)]
struct Asked {
    id: Cell<u128>,
    sequence: Cell<u64>,
}

/// Where in a line its parts begin; each ends where the next begins.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks {
    /// The time, without its quotes.
    time: u32,
    /// The members about how the record came about: whether it is incomplete, and how it was
    /// sampled.
    sampling: u32,
    /// The member `actor`.
    actor: u32,
    /// The trace, the service, and the bound groups.
    context: u32,
    /// The event's own fields, and those that its unit of work added.
    payload: u32,
}

/// Where ids and places in the sequence come from, when a sink asks for them.
#[derive(Clone, Copy)]
pub(crate) struct Origin<'a> {
    pub(crate) ids: Option<&'a IdSource>,
    /// The place that was given last.
    pub(crate) sequence: &'a AtomicU64,
}

/// Makes the id of an event of a time.
pub(crate) type IdSource = dyn Fn(Timestamp) -> EventId + Send + Sync;

impl Head<'_> {
    fn id(&self) -> EventId {
        // One's own ids are of the event's time. That may be any, so it is no place to count on
        // from.
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
    /// What the event is declared as.
    pub const fn meta(&self) -> &'static EventMeta {
        self.head.meta
    }

    /// The level of this one.
    pub const fn level(&self) -> Level {
        self.head.level
    }

    /// When it happened.
    pub const fn occurred_at(&self) -> Timestamp {
        self.head.occurred_at
    }

    /// When it was recorded, by the emitter's clock: before [`Record::occurred_at`] where an event
    /// was emitted with a time that is still to come.
    pub const fn recorded_at(&self) -> Timestamp {
        self.head.recorded_at
    }

    /// Its id, made when it is asked for first; of the time at which it was recorded.
    pub fn event_id(&self) -> EventId {
        if self.asked.id.get() == 0 {
            self.asked.id.set(self.head.id().as_u128());
        }
        EventId::from_u128(self.asked.id.get())
    }

    /// Its place among the records of its emitter for which one was asked, from 1; 0 for a record
    /// that has none.
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
        // The encoder copies text and ASCII only.
        str::from_utf8(self.line).unwrap_or_default().trim_end_matches('\n')
    }

    /// The event's own fields, and those that its unit of work added, as the members of a JSON
    /// object without its braces.
    pub fn payload(&self) -> &'a [u8] {
        without_comma(self.part(self.marks.payload, self.end()))
    }

    /// What is bound, as the members of a JSON object without its braces: the trace, the service,
    /// the groups that the event declares.
    pub fn context(&self) -> &'a [u8] {
        without_comma(self.part(self.marks.context, self.marks.payload))
    }

    /// Who acts, as the member of a JSON object: nothing, or `"actor":{..}`.
    pub fn actor(&self) -> &'a [u8] {
        without_comma(self.part(self.marks.actor, self.marks.context))
    }

    /// Where the closing brace stands.
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

/// A place in a line. A line is shorter than 4 GiB: its payload would not fit into memory beside
/// the event.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn without_comma(members: &[u8]) -> &[u8] {
    members.strip_prefix(b",").unwrap_or(members)
}

impl fmt::Debug for Record<'_> {
    /// The line, which is masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({})", self.text())
    }
}
