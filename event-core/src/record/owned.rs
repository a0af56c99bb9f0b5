//! Records that can be kept.

use super::{Asked, EventId, Head, Marks, Record};
use crate::model::meta::EventMeta;
use crate::value::encode::Mark;
use crate::value::time::Timestamp;
use event_grammar::Level;
use std::cell::OnceCell;
use std::fmt;

/// A record that outlives its emission. It can be kept in memory, queued, or emitted when a
/// transaction commits.
#[derive(Clone)]
pub struct OwnedRecord {
    head: Head<'static>,
    line: Box<[u8]>,
    marks: Marks,
    /// The marks of the members, as in the original record.
    members: Box<[Mark]>,
    id: EventId,
    sequence: u64,
}

impl OwnedRecord {
    /// The record, as sinks borrow it.
    pub fn record(&self) -> Record<'_> {
        Record {
            head: &self.head,
            line: &self.line,
            marks: self.marks,
            members: &self.members,
            asked: Asked { id: self.id.as_u128().into(), sequence: self.sequence.into() },
            envelope: OnceCell::new(),
        }
    }

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
            members: self.members.into(),
            id: self.event_id(),
            sequence: self.sequence(),
        }
    }
}

impl fmt::Debug for OwnedRecord {
    /// Shows the line, which is masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OwnedRecord({})", self.text())
    }
}
