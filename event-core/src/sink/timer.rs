//! A thread that does what is due, and sleeps while nothing is.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Calls back an interval after it was armed. Its thread ends when it is dropped.
#[derive(Debug)]
pub(super) struct Timer {
    armed: Sender<()>,
}

impl Timer {
    /// `due` says whether something still waits; then it is called again, an interval later.
    pub(super) fn start(interval: Duration, due: impl Fn() -> bool + Send + 'static) -> io::Result<Self> {
        let (armed, arming) = channel();
        let run = move || run(&arming, interval, &due);
        std::thread::Builder::new().name("event-core-sink-timer".to_owned()).spawn(run)?;
        Ok(Self { armed })
    }

    /// From now on it is due in one interval. Called when something begins to wait, not for each that does: this wakes the thread.
    pub(super) fn arm(&self) {
        // The thread ends after this is dropped, not before.
        let _ = self.armed.send(());
    }
}

fn run(arming: &Receiver<()>, interval: Duration, due: &dyn Fn() -> bool) {
    while arming.recv().is_ok() {
        while is_over(arming, interval) {
            // What panicked has not done its work.
            let waits = catch_unwind(AssertUnwindSafe(due)).unwrap_or(true);
            if !waits {
                break;
            }
        }
    }
}

/// Waits for the interval to pass; false when the sink is gone, and has seen to what waited.
fn is_over(arming: &Receiver<()>, interval: Duration) -> bool {
    let begun = Instant::now();
    loop {
        match arming.recv_timeout(interval.saturating_sub(begun.elapsed())) {
            // Armed again: what began to wait in the meantime is served early.
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}
