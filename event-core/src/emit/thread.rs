//! What a thread keeps between events: looked up once for each.

use super::tally::Mine;
use crate::record::Line;
use std::cell::RefCell;

pub(super) struct Thread {
    pub(super) line: Line,
    pub(super) tally: Mine,
}

impl Thread {
    const fn new() -> Self {
        Self { line: Line::new(), tally: Mine::new() }
    }
}

thread_local! {
    static THREAD: RefCell<Thread> = const { RefCell::new(Thread::new()) };
}

/// Calls `f` with what the thread keeps; with something to throw away where a sink emits, or the thread is ending.
#[inline]
pub(super) fn with<T>(f: impl Fn(&mut Thread) -> T) -> T {
    let kept = THREAD.try_with(|thread| thread.try_borrow_mut().ok().map(|mut thread| f(&mut thread)));
    kept.ok().flatten().unwrap_or_else(|| f(&mut Thread::new()))
}
