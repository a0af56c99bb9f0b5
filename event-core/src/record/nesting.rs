//! Emission within emission: a sink that emits when it fails, a value that emits while it is
//! encoded.
//!
//! Each thread knows which sink it is calling, and from within which others it came to that. So an
//! event that a sink emits is kept from that sink, and emission has a greatest depth. A sink's own
//! thread counts as a call of the sink; the depth goes through a queue with the record.

use crate::value::encode::MAX_NESTING;
use std::cell::Cell;

/// The thread does not emit.
const IDLE: usize = 0;
/// It emits, and calls no sink.
const BETWEEN: usize = 1;

thread_local! {
    /// What the thread does: `IDLE`, `BETWEEN`, or the mark of the sink that it calls. A mark is an
    /// address.
    static BUSY: Cell<usize> = const { Cell::new(IDLE) };
    /// How many emissions the thread is within, this one not counted.
    static DEPTH: Cell<u8> = const { Cell::new(0) };
    /// What it was busy with when it came to the next depth; `IDLE` where another thread was.
    static OUTER: Cell<[usize; MAX_NESTING as usize]> = const { Cell::new([IDLE; MAX_NESTING as usize]) };
}

/// An emission on this thread.
#[must_use = "the emission ends when it is dropped"]
pub(crate) struct Emission {
    outer: usize,
}

/// Begins an emission; `None` where it would be nested too deep.
#[inline]
pub(crate) fn begin() -> Option<Emission> {
    let outer = BUSY.get();
    if outer != IDLE && !descend(outer) {
        return None;
    }
    BUSY.set(BETWEEN);
    Some(Emission { outer })
}

impl Emission {
    /// Whether it is within another one.
    #[inline]
    pub(crate) const fn is_nested(&self) -> bool {
        self.outer != IDLE
    }
}

impl Drop for Emission {
    #[inline]
    fn drop(&mut self) {
        BUSY.set(self.outer);
        if self.outer != IDLE {
            ascend();
        }
    }
}

#[cold]
fn descend(from: usize) -> bool {
    let depth = DEPTH.get();
    if depth >= MAX_NESTING {
        return false;
    }
    let mut outer = OUTER.get();
    outer[usize::from(depth)] = from;
    OUTER.set(outer);
    DEPTH.set(depth + 1);
    true
}

#[cold]
fn ascend() {
    let depth = DEPTH.get().saturating_sub(1);
    let mut outer = OUTER.get();
    outer[usize::from(depth)] = IDLE;
    OUTER.set(outer);
    DEPTH.set(depth);
}

/// The depth of the emission on this thread; 0 for one that is not nested.
#[inline]
pub(crate) fn depth() -> u8 {
    DEPTH.get()
}

/// From now on the thread calls the sink with this mark.
#[inline]
pub(crate) fn calling(mark: usize) {
    BUSY.set(mark);
}

/// The thread calls no sink any more.
#[inline]
pub(crate) fn called() {
    BUSY.set(BETWEEN);
}

/// Whether the thread calls the sink with this mark, or did last.
pub(crate) fn is_calling(mark: usize) -> bool {
    BUSY.get() == mark
}

/// Whether this emission is nested in a call of the sink with this mark.
pub(crate) fn is_within(mark: usize) -> bool {
    OUTER.get()[..usize::from(DEPTH.get())].contains(&mark)
}

/// A sink's own thread, while it works.
#[must_use = "the work ends when it is dropped"]
pub(crate) struct Work;

impl Work {
    /// What this thread emits from now on is emitted by the sink with this mark.
    pub(crate) fn of(mark: usize) -> Self {
        BUSY.set(mark);
        Self
    }

    /// The record in hand was emitted at this depth.
    #[inline]
    pub(crate) fn at(depth: u8) {
        DEPTH.set(depth);
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        BUSY.set(IDLE);
        DEPTH.set(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_depth_has_a_limit_and_every_sink_on_the_way_is_known() {
        let mut emissions = Vec::new();
        for mark in 10..=10 + usize::from(MAX_NESTING) {
            emissions.push(begin().expect("not too deep yet"));
            assert!((10..mark).all(is_within) && !is_within(mark));
            calling(mark);
        }
        assert!(begin().is_none());
        while let Some(innermost) = emissions.pop() {
            drop(innermost);
            assert_eq!(usize::from(depth()), emissions.len().saturating_sub(1));
        }
        assert!(!is_within(10));
    }

    #[test]
    fn a_thread_that_works_for_a_sink_is_within_it() {
        let work = Work::of(10);
        Work::at(2);
        let emission = begin().expect("not too deep yet");
        assert_eq!((depth(), is_within(10), is_within(IDLE + 7)), (3, true, false));
        drop(emission);
        Work::at(MAX_NESTING);
        assert!(begin().is_none());
        drop(work);
        assert!(begin().is_some() && depth() == 0);
    }
}
