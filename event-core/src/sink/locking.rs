//! How long a sink waits for another one.
//!
//! A writer that emits holds the lock of its own sink, and its event goes to the other sinks. Two
//! such sinks, or one and a full queue whose thread emits too, would wait for each other for ever.
//! So an emission that is caused by another one waits only for a while.

use crate::record::nesting;
use std::io::{self, ErrorKind};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

/// How long an emission within another one waits.
pub(super) const PATIENCE: Duration = Duration::from_millis(20);

/// Locks what a sink writes to, while code of others may run under the lock.
///
/// # Errors
///
/// Within another emission, when the lock is not free in time.
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
