//! Records that wait for another thread: one allocation for many.

use super::{Asked, Head, Marks, Record};
use crate::nesting;
use std::cell::OnceCell;
use std::collections::VecDeque;

/// Records, first in first out; their lines stand one behind the other in one buffer, which is reused.
#[derive(Default)]
pub(crate) struct RecordQueue {
    lines: Vec<u8>,
    /// Where the first record's line begins; what stands before it was dropped.
    start: usize,
    entries: VecDeque<Entry>,
}

/// A record without its line.
struct Entry {
    head: Head<'static>,
    marks: Marks,
    asked: Asked,
    line_len: usize,
    /// How deep its emission was nested.
    depth: u8,
}

/// What an empty queue keeps for its next lines.
const SPARE_BYTES: usize = 1 << 20;

impl RecordQueue {
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Keeps a copy. The record's id and sequence are those that every other sink sees.
    pub(crate) fn push(&mut self, record: &Record<'_>) {
        self.lines.extend_from_slice(record.line);
        self.entries.push_back(Entry {
            head: Head { origin: None, ..*record.head },
            marks: record.marks,
            asked: Asked { id: record.event_id().as_u128().into(), sequence: record.sequence().into() },
            line_len: record.line.len(),
            depth: nesting::depth(),
        });
    }

    /// Forgets the first record.
    pub(crate) fn drop_oldest(&mut self) {
        let Some(oldest) = self.entries.pop_front() else { return };
        self.start += oldest.line_len;
        // Moved together when half is waste: each byte is moved once on average.
        if self.start > self.lines.len() / 2 {
            self.lines.drain(..self.start);
            self.start = 0;
        }
    }

    /// Lends each record, the oldest first, and says how deep its emission was nested.
    pub(crate) fn for_each(&self, mut take: impl FnMut(&Record<'_>, u8)) {
        let mut rest = &self.lines[self.start..];
        for entry in &self.entries {
            let (line, behind) = rest.split_at(entry.line_len);
            rest = behind;
            let record = Record {
                head: &entry.head,
                line,
                marks: entry.marks,
                asked: entry.asked.clone(),
                envelope: OnceCell::new(),
            };
            take(&record, entry.depth);
        }
    }

    /// Forgets all; keeps some of the memory.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.lines.clear();
        self.lines.shrink_to(SPARE_BYTES);
        self.start = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::RecordQueue;
    use crate::emission::EmissionEventSuppressed;
    use crate::record::OwnedRecord;
    use crate::{Emitter, Memory, Str};
    use proptest::prelude::*;
    use std::collections::VecDeque;

    fn record(name: &str) -> OwnedRecord {
        let (memory, event_name) = (Memory::new(), Str::from(name));
        let event = EmissionEventSuppressed { event_name, emitted: 1, sampled_out: 2, limited: 3 };
        Emitter::builder().sink(memory.clone()).build().emit(&event);
        memory.take().remove(0)
    }

    fn same(queue: &RecordQueue, twin: &VecDeque<OwnedRecord>) {
        let mut lent = Vec::new();
        queue.for_each(|record, _| lent.push(record.envelope().to_vec()));
        let kept: Vec<_> = twin.iter().map(|record| record.record().envelope().to_vec()).collect();
        assert_eq!(lent, kept);
        assert_eq!((queue.len(), queue.is_empty()), (twin.len(), twin.is_empty()));
    }

    proptest! {
        /// Against a queue of records that own their lines.
        #[test]
        fn it_is_a_queue(steps in proptest::collection::vec((0..10_u8, "[a-z]{0,40}"), 0..60)) {
            let (mut queue, mut twin) = (RecordQueue::default(), VecDeque::new());
            for (step, name) in steps {
                match step {
                    0 => {
                        queue.clear();
                        twin.clear();
                    }
                    1..4 => {
                        queue.drop_oldest();
                        twin.pop_front();
                    }
                    _ => {
                        let record = record(&name);
                        queue.push(&record.record());
                        twin.push_back(record);
                    }
                }
                same(&queue, &twin);
            }
            let waste = queue.start;
            prop_assert!(waste <= queue.lines.len() / 2, "{} bytes of waste", waste);
        }
    }
}
