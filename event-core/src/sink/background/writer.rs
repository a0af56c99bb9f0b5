//! The writing thread, and the state that it shares with the emitting threads.

use crate::record::nesting::Work;
use crate::record::{Record, RecordQueue};
use crate::sink::listeners::Listeners;
use crate::sink::{Losses, Sink, caught};
use crate::value::isolation;
use std::io::{self, ErrorKind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub(super) struct Shared {
    pub(super) sink: Box<dyn Sink>,
    pub(super) listeners: Listeners,
    /// Counted under the lock of the queue, read without it.
    pub(super) losses: Losses,
    state: Mutex<State>,
    /// Wakes the writer: records wait, or a flush is wanted.
    pub(super) work: Condvar,
    /// Wakes emitting threads: the queue was emptied.
    pub(super) room: Condvar,
    /// Wakes threads that flush or drop: a batch was written, or the thread has ended.
    written: Condvar,
}

#[derive(Default)]
pub(super) struct State {
    /// The waiting records.
    pub(super) pending: RecordQueue,
    /// How many records were ever put into the queue.
    taken: u64,
    writing: Option<Writing>,
    /// How many records must wait before the writer is woken; `None` while it is awake. Waking is a
    /// system call even if no thread sleeps.
    wakes_at: Option<usize>,
    /// How many callers wait for a flush.
    flushing: usize,
    is_closing: bool,
    pub(super) has_ended: bool,
}

/// The batch that the writer is writing. Its records are older than all waiting records.
#[derive(Clone, Copy)]
struct Writing {
    /// The number of the first record. Records are numbered in the order in which they were taken,
    /// from 0.
    first: u64,
    count: u64,
}

impl State {
    /// The number of the first unwritten record. The waiting records do not show it while a batch
    /// is being written, because they may be dropped for newer records.
    fn first_unwritten(&self) -> u64 {
        self.writing.map_or_else(|| self.first_pending(), |writing| writing.first)
    }

    fn first_pending(&self) -> u64 {
        self.taken - self.pending.len() as u64
    }

    /// Whether the writer goes to sleep, until `waiting` records wait.
    fn sleeps_unless(&mut self, waiting: usize, is_wanted: bool) -> bool {
        let sleeps = self.pending.len() < waiting && !is_wanted;
        self.wakes_at = sleeps.then_some(waiting);
        sleeps
    }

    /// Puts a record into the queue. Returns whether to wake the writer.
    pub(super) fn push(&mut self, record: &Record<'_>) -> bool {
        self.pending.push(record);
        self.taken += 1;
        let waiting = self.pending.len();
        self.wakes_at.take_if(|at| waiting >= *at).is_some()
    }

    const fn is_urgent(&self) -> bool {
        self.flushing > 0 || self.is_closing
    }
}

impl Shared {
    pub(super) fn new(sink: Box<dyn Sink>) -> Self {
        Self {
            sink,
            listeners: Listeners::default(),
            losses: Losses::new(),
            state: Mutex::default(),
            work: Condvar::new(),
            room: Condvar::new(),
            written: Condvar::new(),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Updates the number of waiting records, including those being written.
    pub(super) fn say_waiting(&self, state: &State) {
        let in_hand = state.writing.map_or(0, |writing| writing.count);
        self.losses.set_waiting(state.pending.len() as u64 + in_hand);
    }

    /// Waits until every record that was taken so far is written or dropped.
    pub(super) fn drain(&self) -> io::Result<()> {
        let mut state = self.state();
        let until = state.taken;
        state.flushing += 1;
        self.work.notify_one();
        let is_due = |state: &mut State| state.first_unwritten() < until && !state.has_ended;
        let mut state =
            self.written.wait_while(state, is_due).unwrap_or_else(PoisonError::into_inner);
        state.flushing -= 1;
        if state.first_unwritten() < until { Err(ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }

    pub(super) fn close(&self) {
        self.state().is_closing = true;
        self.work.notify_one();
    }

    pub(super) fn has_ended_within(&self, limit: Duration) -> bool {
        let waits = |state: &mut State| !state.has_ended;
        let waited = self.written.wait_timeout_while(self.state(), limit, waits);
        waited.unwrap_or_else(PoisonError::into_inner).0.has_ended
    }

    /// Sleeps until a batch is due, and puts it into `batch`. Returns `false` if there will be no
    /// more batches.
    fn take(&self, batch: &mut RecordQueue, size: usize, interval: Duration) -> bool {
        let idle = |state: &mut State| state.sleeps_unless(1, state.is_closing);
        let mut state =
            self.work.wait_while(self.state(), idle).unwrap_or_else(PoisonError::into_inner);
        let fills = |state: &mut State| state.sleeps_unless(size, state.is_urgent());
        (state, _) = self
            .work
            .wait_timeout_while(state, interval, fills)
            .unwrap_or_else(PoisonError::into_inner);
        state.wakes_at = None;
        if state.pending.is_empty() {
            // No record was taken since the queue was closed.
            return !state.is_closing;
        }
        let first = state.first_pending();
        std::mem::swap(&mut state.pending, batch);
        state.writing = Some(Writing { first, count: batch.len() as u64 });
        drop(state);
        self.room.notify_all();
        true
    }

    fn write(&self, batch: &mut RecordQueue) {
        let _work = Work::of(self.losses.mark());
        let (mut failed, mut last_error) = (0, None);
        batch.for_each(|record, depth| {
            Work::at(depth);
            if let Err(error) = caught(|| self.sink.write(record)) {
                failed += 1;
                isolation::let_go(last_error.replace(error));
            }
        });
        batch.clear();
        // The records that the sink has collected count as waiting in the sink, no longer here.
        if let Err(error) = caught(|| self.sink.end_batch()) {
            isolation::let_go(last_error.replace(error));
        }
        let mut state = self.state();
        // Adds the failed records before it removes the waiting ones. In between they are counted
        // twice, but never as delivered.
        self.losses.add_failed(failed);
        state.writing = None;
        self.say_waiting(&state);
        drop(state);
        self.written.notify_all();
        if let Some(error) = last_error {
            self.listeners.tell(&error);
            isolation::let_go(error);
        }
    }
}

/// Writes until the queue is closed and empty.
pub(super) fn run(shared: &Shared, size: usize, interval: Duration) {
    let _ending = Ending(shared);
    let mut batch = RecordQueue::default();
    while shared.take(&mut batch, size, interval) {
        shared.write(&mut batch);
    }
    let _work = Work::of(shared.losses.mark());
    if let Err(error) = caught(|| shared.sink.flush()) {
        shared.listeners.tell(&error);
        isolation::let_go(error);
    }
}

/// Wakes all waiting threads when the writer ends, for any reason.
struct Ending<'a>(&'a Shared);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.state().has_ended = true;
        self.0.written.notify_all();
        self.0.room.notify_all();
    }
}
