//! Records that wait for another thread: one allocation for many.

use super::{Asked, Head, Marks, Record};
use crate::record::nesting;
use crate::value::encode::Mark;
use std::cell::OnceCell;
use std::collections::VecDeque;

/// Records, first in first out; their lines stand one behind the other in one buffer, which is
/// reused, and so do the marks of their members.
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
    /// How deep its emission was nested.
    depth: u8,
}

/// What the records have one behind the other.
#[derive(Default)]
struct Run<T> {
    all: Vec<T>,
    /// Where that of the first record begins; what stands before it was dropped.
    start: usize,
}

impl<T: Copy> Run<T> {
    /// Forgets what the first record has.
    fn drop_first(&mut self, len: usize) {
        self.start += len;
        // Moved together when half is waste: each item is moved once on average.
        if self.start > self.all.len() / 2 {
            self.all.drain(..self.start);
            self.start = 0;
        }
    }

    /// Forgets all; keeps memory for `spare`.
    fn clear(&mut self, spare: usize) {
        self.all.clear();
        self.all.shrink_to(spare);
        self.start = 0;
    }
}

/// What an empty queue keeps for its next records: memory for lines, and places for the rest.
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

    /// Keeps a copy. The record's id and sequence are those that every other sink sees.
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

    /// Forgets the first record.
    pub(crate) fn drop_oldest(&mut self) {
        let Some(oldest) = self.entries.pop_front() else { return };
        self.lines.drop_first(oldest.line_len);
        self.members.drop_first(oldest.members);
    }

    /// Lends each record, the oldest first, and says how deep its emission was nested.
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

    /// Forgets all; keeps some of the memory.
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
            let waste = queue.lines.start;
            prop_assert!(waste <= queue.lines.all.len() / 2, "{} bytes of waste", waste);
        }
    }
}
