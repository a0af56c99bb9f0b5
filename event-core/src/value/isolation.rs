//! Calls of foreign code: a panic in it ends here.
//!
//! Sinks, listeners, clocks, values and masks are foreign code. They run on threads that must go
//! on: the emitting thread, or the thread that writes a queue. With `panic = "abort"` a panic
//! cannot be caught, and ends the process.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Calls `call`. Returns `None` if it panicked. The state that `call` worked on is its own matter
/// then.
#[inline]
pub(crate) fn caught<T>(call: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(done) => Some(done),
        Err(payload) => {
            discard(payload);
            None
        }
    }
}

/// Drops a value whose `drop` may panic.
pub(crate) fn let_go<T>(value: T) {
    let _ = caught(|| drop(value));
}

/// The text of an error. Its `Display` may panic.
pub(crate) fn text_of(error: &io::Error) -> String {
    caught(|| error.to_string()).unwrap_or_else(|| "an error whose `Display` panicked".to_owned())
}

#[cold]
#[inline(never)]
fn discard(payload: Box<dyn Any + Send>) {
    if let Err(next) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        // Leaked, because dropping it could panic again without end.
        Box::leak(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::resume_unwind;

    /// Panics when it is dropped, with another `Endless`.
    struct Endless;

    impl Drop for Endless {
        fn drop(&mut self) {
            resume_unwind(Box::new(Endless));
        }
    }

    #[test]
    fn a_payload_that_panics_when_it_is_dropped_goes_no_further() {
        assert_eq!(caught(|| 7), Some(7));
        assert_eq!(caught(|| resume_unwind(Box::new(Endless))), None::<()>);
        let_go(Endless);
    }
}
