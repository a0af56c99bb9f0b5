//! Where the members of a line are, kept while it is written: a sink that asks for typed members
//! does not look for them.

use crate::value::buffer::SHORT;
use std::ops::Range;

/// Where a member is in the bytes that it is written into. A line is shorter than 4 GiB: its
/// payload would not fit into memory beside the event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where the comma before it is.
    at: u32,
    /// How long `,"name":` is.
    key_len: u32,
}

impl Mark {
    #[inline]
    #[allow(
        clippy::cast_possible_truncation,
        reason = "see above; to check it would cost as much as the mark"
    )]
    pub(super) const fn new(at: usize, key_len: usize) -> Self {
        Self { at: at as u32, key_len: key_len as u32 }
    }

    /// Where the comma before the member is.
    pub(crate) const fn start(self) -> usize {
        self.at as usize
    }

    /// Where its key is, without the quotes.
    pub(crate) const fn key(self) -> Range<usize> {
        self.start() + 2..self.value() - 2
    }

    /// Where its value begins.
    pub(crate) const fn value(self) -> usize {
        self.start() + self.key_len as usize
    }

    /// The same member, where everything is so many bytes further on.
    #[allow(clippy::cast_possible_truncation, reason = "see above")]
    pub(crate) const fn moved(self, by: usize) -> Self {
        Self { at: self.at + by as u32, ..self }
    }
}

/// How long the key of a member is at most that is written together with its value. While members
/// are marked no key is so short: that a member is to be marked is noticed where a long key is,
/// which costs no instruction. An enum, so that the compiler knows the greatest length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum AtOnce {
    None = 0,
    #[default]
    Short = SHORT,
}

/// The marks of one record.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Has as many as are used or more. It does not grow while a record is written: to call the
    /// allocator would cost each member registers.
    slots: Vec<Mark>,
    /// How many there would be, were there slots for all.
    count: usize,
}

impl Marks {
    pub(super) const fn new() -> Self {
        Self { slots: Vec::new(), count: 0 }
    }

    #[inline]
    pub(super) fn push(&mut self, mark: Mark) {
        if let Some(slot) = self.slots.get_mut(self.count) {
            *slot = mark;
        }
        self.count += 1;
    }

    /// As many as there are slots for all of them; else none.
    #[inline]
    pub(super) fn all(&self) -> &[Mark] {
        self.slots.get(..self.count).unwrap_or_default()
    }

    /// Forgets all, and makes slots for as many as there were.
    #[inline]
    pub(super) fn clear(&mut self) {
        if self.count > self.slots.len() {
            self.grow();
        }
        self.count = 0;
    }

    #[cold]
    fn grow(&mut self) {
        self.slots.resize(self.count, Mark::default());
    }
}
