//! The outcome of work on another thread. The newest known attempt decides, in whichever order the
//! threads report.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Attempts at the same work, such as the flushes of one sink. They are numbered in the order in
/// which they begin. They may end in another order, or never.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    begun: u64,
    /// The number of the newest attempt that has ended or is late.
    known: u64,
    is_late: bool,
    error: Option<String>,
}

impl Attempts {
    /// Begins an attempt and returns its number.
    pub(super) fn begin(&self) -> u64 {
        let mut state = self.state();
        state.begun += 1;
        state.begun
    }

    /// Records the outcome of an attempt. It replaces what was known of this attempt and of earlier
    /// attempts. It does not replace what is known of a later attempt.
    pub(super) fn end(&self, number: u64, error: Option<String>) {
        let mut state = self.state();
        if number >= state.known {
            *state = State { begun: state.begun, known: number, is_late: false, error };
        }
    }

    /// Marks an attempt as late: its caller stops waiting. Does nothing if the attempt has ended.
    pub(super) fn give_up(&self, number: u64, limit: Duration) {
        let mut state = self.state();
        if number > state.known {
            let error =
                format!("not flushed within {limit:?}; the thread that flushes it was left behind");
            *state = State { begun: state.begun, known: number, is_late: true, error: Some(error) };
        }
    }

    /// Whether the newest attempt was given up and has not ended since.
    pub(super) fn is_late(&self) -> bool {
        self.state().is_late
    }

    /// Why the newest attempt failed.
    pub(super) fn error(&self) -> Option<String> {
        self.state().error.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(5);

    #[test]
    fn an_outcome_holds_whoever_comes_first() {
        let attempts = Attempts::default();
        let first = attempts.begin();
        attempts.end(first, Some("disk gone".to_owned()));
        attempts.give_up(first, LIMIT);
        assert_eq!((attempts.error().as_deref(), attempts.is_late()), (Some("disk gone"), false));

        let second = attempts.begin();
        attempts.give_up(second, LIMIT);
        assert!(
            attempts.is_late()
                && attempts.error().is_some_and(|error| error.starts_with("not flushed within 5s"))
        );
        attempts.end(first, None);
        assert!(attempts.is_late(), "the end of an earlier attempt does not change the last");
        attempts.end(second, None);
        assert_eq!((attempts.error(), attempts.is_late()), (None, false));
    }
}
