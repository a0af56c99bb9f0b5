//! A thread that does work when it is due, and otherwise sleeps.

use crate::value::isolation;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Calls back an interval after it was armed. The thread ends when the timer is dropped.
#[derive(Debug)]
pub(super) struct Timer {
    arm: Sender<()>,
    /// Whether the thread knows that it has work. Waking it for each new buffer would cost more
    /// than writing the buffer.
    is_armed: Arc<AtomicBool>,
}

impl Timer {
    /// `due` returns whether records still wait. If so, it is called again an interval later.
    pub(super) fn start(
        interval: Duration,
        due: impl Fn() -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let (arm, arming) = channel();
        let is_armed = Arc::new(AtomicBool::new(false));
        let armed = is_armed.clone();
        // Disarmed first, so that records that begin to wait afterwards arm the timer again.
        let due = move || {
            armed.store(false, Ordering::SeqCst);
            due()
        };
        let run = move || run(&arming, interval, &due);
        std::thread::Builder::new().name("event-core-sink-timer".to_owned()).spawn(run)?;
        Ok(Self { arm, is_armed })
    }

    /// Makes the callback due within one interval. Call it when the first record begins to wait,
    /// not for each record.
    pub(super) fn arm(&self) {
        if !self.is_armed.swap(true, Ordering::SeqCst) {
            // The thread lives until the timer is dropped.
            let _ = self.arm.send(());
        }
    }
}

fn run(arming: &Receiver<()>, interval: Duration, due: &dyn Fn() -> bool) {
    while arming.recv().is_ok() {
        while is_over(arming, interval) {
            // A callback that panicked has not done its work.
            let waits = isolation::caught(due).unwrap_or(true);
            if !waits {
                break;
            }
        }
    }
}

/// Waits for the interval to pass. Returns `false` if the sink is dropped; it has then flushed what
/// waited.
fn is_over(arming: &Receiver<()>, interval: Duration) -> bool {
    let begun = Instant::now();
    loop {
        match arming.recv_timeout(interval.saturating_sub(begun.elapsed())) {
            // Armed again: records that began to wait in the meantime are written early.
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}
