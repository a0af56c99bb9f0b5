//! What a thread keeps between events. It is looked up once for each event.

use super::tally::Mine;
use crate::record::Line;
use std::cell::Cell;

pub(super) struct Thread {
    pub(super) line: Line,
    pub(super) tally: Mine,
}

impl Thread {
    #[cold]
    fn new_boxed() -> Box<Self> {
        Box::new(Self { line: Line::new(), tally: Mine::new() })
    }
}

thread_local! {
    /// Empty while it is in use.
    static THREAD: Cell<Option<Box<Thread>>> = const { Cell::new(None) };
}

/// Calls `f` with the thread's state. Uses temporary state if a sink emits, or if the thread is
/// ending.
#[inline]
pub(super) fn with<T>(f: impl FnOnce(&mut Thread) -> T) -> T {
    let mut thread = THREAD.try_with(Cell::take).ok().flatten().unwrap_or_else(Thread::new_boxed);
    let done = f(&mut thread);
    thread.line.give_back();
    // Temporary state of a nested emission is dropped; so is this state if the thread is ending.
    let _gone = THREAD.try_with(|kept| kept.replace(Some(thread)));
    done
}
