//! SIGTERM and SIGINT.

use crate::events::RelayInterrupted;
use event_core::Emitter;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::{flag, low_level};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How often is looked whether a signal has arrived.
const LOOK: Duration = Duration::from_millis(50);

/// Signals that arrive so soon after the first are one with it: `timeout` signals the process and
/// its group, and a supervisor and a terminal may each signal at once.
const TOGETHER: Duration = Duration::from_millis(500);

/// The exit code after a second signal.
const INTERRUPTED: i32 = 1;

/// Listens for SIGTERM and SIGINT. What is returned gets the first one. A later one ends the process
/// at once, and is reported.
pub(super) fn listen(emitter: &Emitter) -> io::Result<Receiver<()>> {
    let arrived = Arc::new(AtomicBool::new(false));
    for signal in [SIGTERM, SIGINT] {
        flag::register(signal, Arc::clone(&arrived))?;
    }
    let (emitter, started) = (emitter.clone(), Instant::now());
    let (sender, asked) = channel();
    // A thread of its own: the relay may wait for its targets when the second signal arrives.
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let mut first: Option<Instant> = None;
        loop {
            if arrived.swap(false, Ordering::AcqRel) {
                let since = first.get_or_insert_with(Instant::now).elapsed();
                // No one waits any more if the relay stops for another cause.
                let _ = sender.send(());
                if since > TOGETHER {
                    let ran_for_ms = started.elapsed().as_millis();
                    let ran_for_ms = u64::try_from(ran_for_ms).unwrap_or(u64::MAX);
                    emitter.emit(&RelayInterrupted { ran_for_ms });
                    // Without what runs at the end of a process: threads still use it.
                    low_level::exit(INTERRUPTED);
                }
            }
            thread::sleep(LOOK);
        }
    })?;
    Ok(asked)
}
