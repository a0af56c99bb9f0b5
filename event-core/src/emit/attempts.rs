//! How something ended that was given to another thread: what is known of the last attempt holds,
//! whichever thread says it first.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Attempts at one thing, as the flushes of one sink are. They are numbered as they begin, and may
/// end in another order, or not at all.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    begun: u64,
    /// The last one of which the outcome is known, or that it is late.
    known: u64,
    is_late: bool,
    error: Option<String>,
}

impl Attempts {
    /// Begins one, and gives its number.
    pub(super) fn begin(&self) -> u64 {
        let mut state = self.state();
        state.begun += 1;
        state.begun
    }

    /// It has ended. That holds against what was said of it before, but not against what is known
    /// of a later one.
    pub(super) fn end(&self, number: u64, error: Option<String>) {
        let mut state = self.state();
        if number >= state.known {
            *state = State { begun: state.begun, known: number, is_late: false, error };
        }
    }

    /// The one that waited for it waits no longer. Nothing, where it has ended after all.
    pub(super) fn give_up(&self, number: u64, limit: Duration) {
        let mut state = self.state();
        if number > state.known {
            let error =
                format!("not flushed within {limit:?}; the thread that flushes it was left behind");
            *state = State { begun: state.begun, known: number, is_late: true, error: Some(error) };
        }
    }

    /// Whether the last one was given up, and has not ended since.
    pub(super) fn is_late(&self) -> bool {
        self.state().is_late
    }

    /// Why the last one failed.
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
        assert!(attempts.is_late(), "an earlier one says nothing of the last");
        attempts.end(second, None);
        assert_eq!((attempts.error(), attempts.is_late()), (None, false));
    }
}
