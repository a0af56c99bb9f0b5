//! Records kept in memory.

use super::{Losses, Sink};
use crate::record::{OwnedRecord, Record};
use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Keeps records: all of them, or the newest. Clones share the records.
///
/// ```
/// use event_core::emit::emission::EmissionEventSuppressed;
/// use event_core::sink::Memory;
/// use event_core::Emitter;
///
/// let memory = Memory::bounded(2);
/// let emitter = Emitter::builder().sink(memory.clone()).build();
/// for emitted in 1..=3 {
///     emitter.emit(&EmissionEventSuppressed { event_name: "cache_hit".into(), emitted, sampled_out: 9, limited: 0 });
/// }
/// let records = memory.take();
/// assert_eq!(records.len(), 2);
/// assert!(records[1].text().contains(r#""emitted":3"#));
/// assert_eq!(emitter.report().dropped(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Memory {
    capacity: usize,
    kept: Arc<Mutex<VecDeque<OwnedRecord>>>,
    losses: Losses,
}

impl Memory {
    /// Keeps all records until they are taken: for tests, and for short programs.
    pub fn new() -> Self {
        Self::bounded(usize::MAX)
    }

    /// Keeps the newest `capacity` records. An older record is dropped for a newer one, and
    /// counted.
    pub fn bounded(capacity: usize) -> Self {
        Self { capacity, kept: Arc::default(), losses: Losses::new() }
    }

    /// A copy of the kept records, oldest first.
    pub fn records(&self) -> Vec<OwnedRecord> {
        self.kept().iter().cloned().collect()
    }

    /// Removes and returns the kept records, oldest first.
    pub fn take(&self) -> Vec<OwnedRecord> {
        std::mem::take(&mut *self.kept()).into()
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<OwnedRecord>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl Sink for Memory {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        let record = record.to_owned();
        let mut kept = self.kept();
        kept.push_back(record);
        if kept.len() > self.capacity {
            kept.pop_front();
            self.losses.add_dropped(1);
        }
        Ok(())
    }

    fn losses(&self) -> Losses {
        self.losses.clone()
    }
}
