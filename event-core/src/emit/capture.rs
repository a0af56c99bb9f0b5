//! Events kept in memory, for tests.

use super::{Emitter, EventSink};
use crate::context::ContextGuard;
use crate::encode::Fields;
use crate::event::{Event, Group};
use crate::meta::EventMeta;
use crate::read::{Input, ReadError};
use crate::record::{Record, RecordBuffer};
use crate::sink::Sink;
use crate::time::Timestamp;
use event_grammar::Level;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// Keeps every record it is given. Clones share what they keep.
///
/// ```
/// use event_core::Capture;
///
/// let capture = Capture::new();
/// let scope = capture.enter();
/// // emit_payment_process_failed(..);
/// drop(scope);
/// assert!(capture.records().is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Capture {
    records: Arc<Mutex<Vec<Captured>>>,
}

/// One kept record.
#[derive(Clone, Debug)]
pub struct Captured {
    /// What the event is declared as.
    pub meta: &'static EventMeta,
    /// Its level.
    pub level: Level,
    /// When it was emitted.
    pub occurred_at: Timestamp,
    /// The flat line, masked, without the line break.
    pub line: String,
}

impl Capture {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps what is emitted on this thread, at any level, until the scope is dropped.
    pub fn enter(&self) -> ContextGuard {
        Emitter::builder().level(Level::Trace).sink(self.clone()).on_finding(|_| {}).build().enter()
    }

    /// What has been kept.
    pub fn records(&self) -> Vec<Captured> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The kept lines.
    pub fn lines(&self) -> Vec<String> {
        self.records().into_iter().map(|record| record.line).collect()
    }

    /// The kept events of one type, read back: what a consumer would see, masked.
    ///
    /// # Errors
    ///
    /// When a line does not read back; that is a defect of a hand-written `EventValue`.
    pub fn of<E: Event>(&self) -> Result<Vec<E>, ReadError> {
        let same = |record: &Captured| record.meta.name == E::META.name && record.meta.version == E::META.version;
        self.records().iter().filter(|record| same(record)).map(Captured::read).collect()
    }
}

impl Captured {
    /// The event, read back.
    ///
    /// # Errors
    ///
    /// When the line is not an `E`.
    pub fn read<E: Event>(&self) -> Result<E, ReadError> {
        E::read(&mut Input::parse(&self.line)?.object()?)
    }

    /// A part of a wide event, read back; `None` where it was not added.
    ///
    /// # Errors
    ///
    /// When some of its fields are there, but not as it has them.
    pub fn read_part<G: Group>(&self) -> Result<Option<G>, ReadError> {
        Input::parse(&self.line)?.object()?.part()
    }
}

impl Sink for Capture {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        let captured = Captured {
            meta: record.meta(),
            level: record.level(),
            occurred_at: record.occurred_at(),
            line: record.text().to_owned(),
        };
        self.records.lock().unwrap_or_else(PoisonError::into_inner).push(captured);
        Ok(())
    }
}

impl EventSink for Capture {
    fn accept(&mut self, meta: &'static EventMeta, level: Level, fields: &dyn Fields) {
        let mut buffer = RecordBuffer::new();
        buffer.accept(meta, level, fields);
        for record in buffer.take() {
            // Keeping a record in memory does not fail.
            let _ = self.write(&record.record());
        }
    }
}
