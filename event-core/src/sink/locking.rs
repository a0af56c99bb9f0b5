//! How long a sink waits for another sink.
//!
//! A writer that emits holds the lock of its own sink while its event goes to the other sinks. Two
//! such sinks would wait for each other forever; so would such a sink and a full queue whose thread
//! also emits. So a nested emission waits only for a limited time.

use crate::record::nesting;
use std::io::{self, ErrorKind};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

/// How long a nested emission waits.
pub(super) const PATIENCE: Duration = Duration::from_millis(20);

/// Locks the writer of a sink. Foreign code may run under this lock.
///
/// # Errors
///
/// Returns an error in a nested emission, if the lock does not become free in time.
#[inline]
pub(super) fn lock<T>(mutex: &Mutex<T>) -> io::Result<MutexGuard<'_, T>> {
    if nesting::depth() > 0 {
        return lock_soon(mutex);
    }
    Ok(mutex.lock().unwrap_or_else(PoisonError::into_inner))
}

#[cold]
fn lock_soon<T>(mutex: &Mutex<T>) -> io::Result<MutexGuard<'_, T>> {
    const PAUSE: Duration = Duration::from_micros(100);
    let begun = Instant::now();
    loop {
        match mutex.try_lock() {
            Ok(guard) => return Ok(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Ok(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => {
                let why = "the sink is busy, and may wait for the sink that emits this event";
                return Err(io::Error::new(ErrorKind::Deadlock, why));
            }
        }
    }
}
