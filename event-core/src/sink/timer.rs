//! A thread that does what is due, and sleeps while nothing is.

use crate::value::isolation;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Calls back an interval after it was armed. Its thread ends when it is dropped.
#[derive(Debug)]
pub(super) struct Timer {
    arm: Sender<()>,
    /// Whether the thread knows that it has something to do: to wake it for each buffer that begins
    /// would cost more than to write the buffer.
    is_armed: Arc<AtomicBool>,
}

impl Timer {
    /// `due` says whether something still waits; then it is called again, an interval later.
    pub(super) fn start(
        interval: Duration,
        due: impl Fn() -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let (arm, arming) = channel();
        let is_armed = Arc::new(AtomicBool::new(false));
        let armed = is_armed.clone();
        // Disarmed first: what begins to wait from then on arms it anew.
        let due = move || {
            armed.store(false, Ordering::SeqCst);
            due()
        };
        let run = move || run(&arming, interval, &due);
        std::thread::Builder::new().name("event-core-sink-timer".to_owned()).spawn(run)?;
        Ok(Self { arm, is_armed })
    }

    /// From now on it is due within one interval. Called after something began to wait, not for
    /// each that does.
    pub(super) fn arm(&self) {
        if !self.is_armed.swap(true, Ordering::SeqCst) {
            // The thread ends after this is dropped, not before.
            let _ = self.arm.send(());
        }
    }
}

fn run(arming: &Receiver<()>, interval: Duration, due: &dyn Fn() -> bool) {
    while arming.recv().is_ok() {
        while is_over(arming, interval) {
            // What panicked has not done its work.
            let waits = isolation::caught(due).unwrap_or(true);
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
