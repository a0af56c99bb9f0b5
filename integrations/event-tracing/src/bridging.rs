//! Whether this thread is passing an event from one side to the other.

use std::cell::Cell;

thread_local! {
    static BRIDGING: Cell<bool> = const { Cell::new(false) };
}

/// Marks the thread until it is dropped, also by a panic.
pub(crate) struct Bridging {
    before: bool,
}

impl Bridging {
    /// Marks this thread.
    pub(crate) fn begin() -> Self {
        // A thread that is ending has no marks. What it then emits is only not recognised.
        Self { before: BRIDGING.try_with(|bridging| bridging.replace(true)).unwrap_or(true) }
    }

    /// Whether this thread is marked.
    #[cfg(feature = "registry")]
    pub(crate) fn is_on() -> bool {
        BRIDGING.try_with(Cell::get).unwrap_or(false)
    }
}

impl Drop for Bridging {
    fn drop(&mut self) {
        let _ = BRIDGING.try_with(|bridging| bridging.set(self.before));
    }
}
