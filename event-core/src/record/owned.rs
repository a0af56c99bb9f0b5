//! Records that are kept.

use super::line::{Draft, Line, Sampling};
use super::{Asked, EventId, Head, Marks, Origin, Record, place};
use crate::emit::EventSink;
use crate::encode::{Fields, Refusal};
use crate::meta::EventMeta;
use crate::time::Timestamp;
use event_grammar::Level;
use std::cell::OnceCell;
use std::fmt;
use std::sync::atomic::AtomicU64;

/// A record that outlives its emission: to be kept in memory, queued, or handed on when a transaction commits.
#[derive(Clone)]
pub struct OwnedRecord {
    head: Head<'static>,
    line: Box<[u8]>,
    marks: Marks,
    id: EventId,
    sequence: u64,
    /// Whether an emitter has said which service it is of.
    is_named: bool,
}

impl OwnedRecord {
    /// It, lent as sinks are lent it.
    pub fn record(&self) -> Record<'_> {
        Record {
            head: &self.head,
            line: &self.line,
            marks: self.marks,
            asked: Asked { id: self.id.as_u128().into(), sequence: self.sequence.into() },
            envelope: OnceCell::new(),
        }
    }

    /// It with what an emitter says of its service; `None` when it has that already.
    pub(crate) fn named(&self, service: &[u8]) -> Option<Self> {
        if self.is_named || service.is_empty() {
            return None;
        }
        let (before, after) = self.line.split_at(self.marks.context as usize);
        let marks = Marks { payload: self.marks.payload + place(service.len()), ..self.marks };
        Some(Self { line: [before, service, after].concat().into(), marks, is_named: true, ..self.clone() })
    }

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

    /// The flat line as text, without the line break.
    pub fn text(&self) -> &str {
        self.record().text()
    }
}

impl Record<'_> {
    /// A copy that outlives the emission.
    pub fn to_owned(&self) -> OwnedRecord {
        OwnedRecord {
            head: Head { origin: None, ..*self.head },
            line: self.line.into(),
            marks: self.marks,
            id: self.event_id(),
            sequence: self.sequence(),
            is_named: true,
        }
    }
}

impl fmt::Debug for OwnedRecord {
    /// The line, which is masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OwnedRecord({})", self.text())
    }
}

/// Collects records without any emitter: what a transaction emits, to be handed on when it commits.
///
/// Every level is taken and nothing is sampled: what is part of a transaction is part of it.
///
/// ```
/// use event_core::{Emitter, Event, RecordBuffer, events};
///
/// events!(
///     /// Orders.
///     #[domain(optional(action))]
///     pub enum Order {}
///
///     /// An order was placed.
///     #[event(info)]
///     pub struct OrderCreated {
///         /// How many things were ordered.
///         pub items: u32,
///     }
/// );
///
/// # fn main() {
/// let mut buffer = RecordBuffer::new();
/// OrderCreated { items: 2 }.emit_to(&mut buffer);
/// assert!(buffer.records()[0].text().ends_with(r#""items":2}"#));
///
/// let emitter = Emitter::builder().build();
/// // .. the transaction commits ..
/// for record in buffer.take() {
///     emitter.deliver(&record);
/// }
/// assert_eq!(emitter.report().emitted, 1);
/// # }
/// ```
#[derive(Debug, Default)]
pub struct RecordBuffer {
    records: Vec<OwnedRecord>,
    sequence: AtomicU64,
    refused: u64,
    illegal_transitions: u64,
}

impl RecordBuffer {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self { records: Vec::new(), sequence: AtomicU64::new(0), refused: 0, illegal_transitions: 0 }
    }

    /// What has been collected.
    pub fn records(&self) -> &[OwnedRecord] {
        &self.records
    }

    /// How many events were not collected, because a field had a value that its declaration excludes or that was nested too deep.
    pub const fn refused(&self) -> u64 {
        self.refused
    }

    /// How many events were not collected, because their transition is not one that they declare.
    pub const fn illegal_transitions(&self) -> u64 {
        self.illegal_transitions
    }

    /// What has been collected, to be handed on; the buffer is empty then.
    pub fn take(&mut self) -> Vec<OwnedRecord> {
        std::mem::take(&mut self.records)
    }
}

impl EventSink for RecordBuffer {
    fn accept(&mut self, meta: &'static EventMeta, level: Level, fields: &dyn Fields) {
        let now = Timestamp::now();
        let origin = Some(Origin { ids: None, sequence: &self.sequence });
        let draft = Draft {
            head: Head { meta, level, occurred_at: now, recorded_at: now, origin },
            // Whoever counts the records of a sampled event weighs this one as what it is: one of one.
            sampling: Sampling { rate: meta.sample.map(|_| 1.0), reason: None },
            incomplete: false,
            fields,
            ids: false,
            service: &[],
        };
        let mut line = Line::new();
        let (record, encoded) = line.record(&draft);
        match encoded.refused {
            Some(Refusal::IllegalTransition { .. }) => self.illegal_transitions += 1,
            Some(_) => self.refused += 1,
            None => self.records.push(OwnedRecord { is_named: false, ..record.to_owned() }),
        }
    }
}
