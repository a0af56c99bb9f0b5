//! A queue and a thread in front of a slow sink.

mod options;
mod writer;

pub use options::{BackgroundOptions, WhenFull};

use super::locking::PATIENCE;
use super::{ErrorListener, Losses, Sink};
use crate::record::Record;
use crate::record::nesting;
use crate::value::isolation;
use std::fmt;
use std::io::{self, ErrorKind};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use writer::{Shared, State};

/// Queues records, and writes them to another sink on a separate thread, in the order in which they
/// came.
///
/// ```
/// use event_core::emit::emission::EmissionEventSuppressed;
/// use event_core::sink::{Background, Memory, WhenFull};
/// use event_core::Emitter;
///
/// let memory = Memory::new();
/// let background = Background::options().capacity(1_000).when_full(WhenFull::DropNewest).start(memory.clone())?;
/// let emitter = Emitter::builder().sink(background).build();
/// emitter.emit(&EmissionEventSuppressed { event_name: "cache_hit".into(), emitted: 1, sampled_out: 9, limited: 0 });
/// emitter.flush()?;
/// assert_eq!(memory.records().len(), 1);
/// assert_eq!(emitter.report().dropped(), 0);
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// Records that the other sink loses, or panics on, are counted as failed; the thread goes on. A
/// flush returns when all earlier records are written and the other sink is flushed.
///
/// # The end
///
/// Dropping it writes the waiting records, flushes, and waits for that at most
/// [`Background::LIMIT`]. After that the thread goes on by itself until the process ends. The other
/// sink's own `drop` has no limit. The waiting records are lost if the process is killed or calls
/// `std::process::exit`: finish the emitter's [`Guard`](crate::emit::Guard) first. A forked child
/// does not have the thread, so a queue that was made before the fork is never emptied in the
/// child: make the queue after the fork.
pub struct Background {
    shared: Arc<Shared>,
    when_full: WhenFull,
    capacity: usize,
    name: String,
    thread: Option<JoinHandle<()>>,
}

impl Background {
    /// How long a drop waits for the sink.
    pub const LIMIT: Duration = Duration::from_secs(5);

    /// Queues with the default [`BackgroundOptions`]: emitting threads wait while the queue holds
    /// 8192 records.
    ///
    /// # Errors
    ///
    /// Returns an error if the thread cannot be spawned.
    pub fn new(sink: impl Sink + 'static) -> io::Result<Self> {
        Self::options().start(sink)
    }

    /// Options for the queue.
    pub const fn options() -> BackgroundOptions {
        BackgroundOptions::new()
    }

    fn start(options: &BackgroundOptions, sink: Box<dyn Sink>) -> io::Result<Self> {
        let &BackgroundOptions { capacity, when_full, batch, interval } = options;
        // If the sink cannot give its name or counters, the queue still has its own.
        let name = format!("Background({})", isolation::caught(|| sink.name()).unwrap_or_default());
        let shared = Arc::new(Shared::new(sink));
        let writer = shared.clone();
        let run = move || writer::run(&writer, batch, interval);
        let thread =
            std::thread::Builder::new().name("event-core-background".to_owned()).spawn(run)?;
        Ok(Self { shared, when_full, capacity, name, thread: Some(thread) })
    }

    /// Whether this is the writing thread. It must not wait for itself when the sink emits.
    fn is_writer(&self) -> bool {
        self.thread
            .as_ref()
            .is_some_and(|thread| thread.thread().id() == std::thread::current().id())
    }

    /// Waits or drops records until the queue has room. Returns `None` if the new record is the one
    /// that is dropped. A nested emission waits only for a limited time, because it may hold a lock
    /// that the queue's thread needs.
    #[cold]
    fn make_room<'s>(
        &self,
        mut state: MutexGuard<'s, State>,
    ) -> io::Result<Option<MutexGuard<'s, State>>> {
        let begun = Instant::now();
        while state.pending.len() >= self.capacity {
            match self.when_full {
                WhenFull::Block if state.has_ended => return Err(ErrorKind::BrokenPipe.into()),
                WhenFull::Block if nesting::depth() == 0 => {
                    state = self.shared.room.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
                WhenFull::Block if !self.is_writer() && begun.elapsed() < PATIENCE => {
                    let waited = self.shared.room.wait_timeout(state, PATIENCE);
                    (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
                }
                WhenFull::Block | WhenFull::DropNewest => {
                    self.shared.losses.add_dropped(1);
                    return Ok(None);
                }
                WhenFull::DropOldest => {
                    state.pending.drop_oldest();
                    self.shared.losses.add_dropped(1);
                }
            }
        }
        Ok(Some(state))
    }
}

impl Sink for Background {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        // Made before the lock is taken, because a custom id source may be slow.
        record.event_id();
        record.sequence();
        let mut state = self.shared.state();
        if state.pending.len() >= self.capacity {
            match self.make_room(state)? {
                Some(with_room) => state = with_room,
                None => return Ok(()),
            }
        }
        let wakes = state.push(record);
        self.shared.say_waiting(&state);
        drop(state);
        if wakes {
            self.shared.work.notify_one();
        }
        Ok(())
    }

    fn flush(&self) -> io::Result<()> {
        if self.is_writer() {
            return Err(ErrorKind::Deadlock.into());
        }
        self.shared.drain()?;
        self.shared.sink.flush()
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn losses(&self) -> Losses {
        self.shared.losses.and(&isolation::caught(|| self.shared.sink.losses()).unwrap_or_default())
    }

    fn wants_members(&self) -> bool {
        self.shared.sink.wants_members()
    }

    fn on_error(&self, listener: ErrorListener) {
        self.shared.listeners.add(listener.clone());
        self.shared.sink.on_error(listener);
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.shared.close();
        // The sink may have held the last reference to its own emitter.
        if !self.is_writer()
            && self.shared.has_ended_within(Self::LIMIT)
            && let Some(thread) = self.thread.take()
        {
            // If dropping the sink panics, the panic goes no further.
            isolation::let_go(thread.join());
        }
    }
}

impl fmt::Debug for Background {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Background")
            .field("name", &self.name)
            .field("capacity", &self.capacity)
            .field("when_full", &self.when_full)
            .field("losses", &self.shared.losses)
            .finish_non_exhaustive()
    }
}
