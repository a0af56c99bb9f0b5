//! Nested emission: a sink that emits when it fails, a value that emits while it is encoded.
//!
//! Each thread knows which sink it is calling, and the sinks around that call. So an event that a
//! sink emits is not given to that sink, and nesting has a maximum depth. A sink's own thread
//! counts as a call of the sink. A queue keeps the depth with each record.

use crate::value::encode::MAX_NESTING;
use std::cell::Cell;

/// The thread does not emit.
const IDLE: usize = 0;
/// The thread emits, and does not call a sink.
const BETWEEN: usize = 1;

thread_local! {
    /// The state of the thread: `IDLE`, `BETWEEN`, or the mark of the sink that it calls. A mark is
    /// an address.
    static BUSY: Cell<usize> = const { Cell::new(IDLE) };
    /// The number of emissions around the current one.
    static DEPTH: Cell<u8> = const { Cell::new(0) };
    /// The state of the thread at each outer depth. `IDLE` if another thread was at that depth.
    static OUTER: Cell<[usize; MAX_NESTING as usize]> = const { Cell::new([IDLE; MAX_NESTING as usize]) };
}

/// An emission on this thread.
#[must_use = "the emission ends when it is dropped"]
pub(crate) struct Emission {
    outer: usize,
}

/// Begins an emission. `None` if it would be nested too deep.
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
    /// Whether the emission is within another one.
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

/// The depth of the emission on this thread. 0 for an emission that is not nested.
#[inline]
pub(crate) fn depth() -> u8 {
    DEPTH.get()
}

/// Records that the thread calls the sink with this mark.
#[inline]
pub(crate) fn calling(mark: usize) {
    BUSY.set(mark);
}

/// Records that the thread does not call a sink any more.
#[inline]
pub(crate) fn called() {
    BUSY.set(BETWEEN);
}

/// Whether the thread calls the sink with this mark, or called it last.
pub(crate) fn is_calling(mark: usize) -> bool {
    BUSY.get() == mark
}

/// Whether this emission is nested in a call of the sink with this mark.
pub(crate) fn is_within(mark: usize) -> bool {
    OUTER.get()[..usize::from(DEPTH.get())].contains(&mark)
}

/// The work of a sink's own thread.
#[must_use = "the work ends when it is dropped"]
pub(crate) struct Work;

impl Work {
    /// Records that this thread works for the sink with this mark.
    pub(crate) fn of(mark: usize) -> Self {
        BUSY.set(mark);
        Self
    }

    /// Sets the depth at which the current record was emitted.
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
