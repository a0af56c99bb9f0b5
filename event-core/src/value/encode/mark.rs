//! The positions of the members of a line, recorded while the line is written, so that a sink that
//! asks for typed members need not search for them.

use crate::value::buffer::SHORT;
use std::ops::Range;

/// The position of a member in the bytes of a line. A line is shorter than 4 GiB: a longer payload
/// would not fit into memory beside the event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The offset of the comma before the member.
    at: u32,
    /// The length of `,"name":`.
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

    /// The offset of the comma before the member.
    pub(crate) const fn start(self) -> usize {
        self.at as usize
    }

    /// The range of the key, without the quotes.
    pub(crate) const fn key(self) -> Range<usize> {
        self.start() + 2..self.value() - 2
    }

    /// The offset of the value.
    pub(crate) const fn value(self) -> usize {
        self.start() + self.key_len as usize
    }

    /// The same member, `by` bytes further on.
    #[allow(clippy::cast_possible_truncation, reason = "see above")]
    pub(crate) const fn moved(self, by: usize) -> Self {
        Self { at: self.at + by as u32, ..self }
    }
}

/// The maximum length of a key that is written together with its value. While members are marked it
/// is 0: the check for a long key then also finds that the member must be marked, at no extra
/// instruction. It is an enum, so that the compiler knows the maximum.
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
    /// Has at least as many slots as are used. It does not grow while a record is written, because
    /// a call of the allocator would cost registers in each member.
    slots: Vec<Mark>,
    /// How many marks there would be with enough slots.
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

    /// All marks, if there are slots for all of them; otherwise none.
    #[inline]
    pub(super) fn all(&self) -> &[Mark] {
        self.slots.get(..self.count).unwrap_or_default()
    }

    /// Removes all marks, and makes space for as many as there were.
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
