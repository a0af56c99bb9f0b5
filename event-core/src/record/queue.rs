//! A queue of records for another thread. It needs one allocation for many records.

use super::{Asked, Head, Marks, Record};
use crate::record::nesting;
use crate::value::encode::Mark;
use std::cell::OnceCell;
use std::collections::VecDeque;

/// Records, first in first out. Their lines are in one buffer that is reused, and so are the marks
/// of their members.
#[derive(Default)]
pub(crate) struct RecordQueue {
    lines: Run<u8>,
    members: Run<Mark>,
    entries: VecDeque<Entry>,
}

/// A record without its line and the marks of its members.
struct Entry {
    head: Head<'static>,
    marks: Marks,
    asked: Asked,
    line_len: usize,
    members: usize,
    /// The nesting depth of the emission.
    depth: u8,
}

/// The items of all records in one buffer.
#[derive(Default)]
struct Run<T> {
    all: Vec<T>,
    /// The start of the first record's items. The items before it were dropped.
    start: usize,
}

impl<T: Copy> Run<T> {
    /// Drops the items of the first record.
    fn drop_first(&mut self, len: usize) {
        self.start += len;
        // The items are moved only when half of the buffer is unused, so each item is moved once on
        // average.
        if self.start > self.all.len() / 2 {
            self.all.drain(..self.start);
            self.start = 0;
        }
    }

    /// Drops all items. Keeps memory for `spare` items.
    fn clear(&mut self, spare: usize) {
        self.all.clear();
        self.all.shrink_to(spare);
        self.start = 0;
    }
}

/// The memory that an empty queue keeps: bytes of lines, records, and marks.
const SPARE_BYTES: usize = 1 << 20;
const SPARE_ENTRIES: usize = 8_192;
const SPARE_MARKS: usize = 1 << 14;

impl RecordQueue {
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds a copy. It has the same id and sequence number as in every other sink.
    pub(crate) fn push(&mut self, record: &Record<'_>) {
        self.lines.all.extend_from_slice(record.line);
        self.members.all.extend_from_slice(record.members);
        self.entries.push_back(Entry {
            head: Head { origin: None, ..*record.head },
            marks: record.marks,
            asked: Asked {
                id: record.event_id().as_u128().into(),
                sequence: record.sequence().into(),
            },
            line_len: record.line.len(),
            members: record.members.len(),
            depth: nesting::depth(),
        });
    }

    /// Drops the first record.
    pub(crate) fn drop_oldest(&mut self) {
        let Some(oldest) = self.entries.pop_front() else { return };
        self.lines.drop_first(oldest.line_len);
        self.members.drop_first(oldest.members);
    }

    /// Calls `take` with each record, the oldest first, and with the nesting depth of its emission.
    pub(crate) fn for_each(&self, mut take: impl FnMut(&Record<'_>, u8)) {
        let (mut lines, mut members) =
            (&self.lines.all[self.lines.start..], &self.members.all[self.members.start..]);
        for entry in &self.entries {
            let ((line, next_lines), (marks, next_members)) =
                (lines.split_at(entry.line_len), members.split_at(entry.members));
            (lines, members) = (next_lines, next_members);
            let record = Record {
                head: &entry.head,
                line,
                marks: entry.marks,
                members: marks,
                asked: entry.asked.clone(),
                envelope: OnceCell::new(),
            };
            take(&record, entry.depth);
        }
    }

    /// Drops all records. Keeps some of the memory.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.entries.shrink_to(SPARE_ENTRIES);
        self.lines.clear(SPARE_BYTES);
        self.members.clear(SPARE_MARKS);
    }
}

#[cfg(test)]
mod tests {
    use super::RecordQueue;
    use crate::emit::emission::EmissionEventSuppressed;
    use crate::record::OwnedRecord;
    use crate::sink::Memory;
    use crate::{Emitter, Str};
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
        /// Compares with a queue of records that own their lines.
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
            let waste = queue.lines.start;
            prop_assert!(waste <= queue.lines.all.len() / 2, "{} bytes of waste", waste);
        }
    }
}
