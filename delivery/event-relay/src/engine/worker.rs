//! The thread of a target: reads, judges, publishes and commits.

use super::flow::Flow;
use super::judge::Judge;
use super::options::TargetOptions;
use super::pause::Pause;
use super::phase::Phase;
use super::poll::Poll;
use super::progress::Pending;
use super::watch::Watch;
use crate::message::Seq;
use crate::source::{EventSource, SourceError};
use crate::targets::{Batch, Outcome, Target};
use event_core::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// What reaches a worker from other threads.
#[derive(Debug)]
pub(super) enum Signal {
    /// The target answers a batch, by the places of its events.
    Answer(Vec<Seq>, Outcome),
    /// Events were committed in this process.
    Wake,
    /// Stop reading, wait for what is in flight until this time, and end.
    Stop(Instant),
    /// Deliver what is in the outbox, until this time, and end.
    Drain(Instant),
}

/// The thread of a target.
pub(super) struct Worker {
    pub(super) source: Box<dyn EventSource>,
    pub(super) target: Box<dyn Target>,
    pub(super) options: TargetOptions,
    pub(super) judge: Option<Judge>,
    pub(super) watch: Watch,
    pub(super) signals: Receiver<Signal>,
    /// Where the target's answers come from.
    pub(super) answers: Sender<Signal>,
    /// Whether a [`Signal::Wake`] is on its way.
    pub(super) woken: Arc<AtomicBool>,
    /// How long the lease of the cursor lasts.
    pub(super) lease: Duration,
    pub(super) state: State,
}

/// How a worker has ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct WorkerEnd {
    /// Whether the target has answered all that was in flight, and the cursor says so.
    pub(super) is_complete: bool,
    /// How many events the target has not answered.
    pub(super) unanswered: u64,
}

/// What a worker has in hand.
#[derive(Debug)]
pub(super) struct State {
    pub(super) flow: Flow,
    pub(super) pending: Pending,
    pub(super) poll: Poll,
    /// The target is not there.
    pub(super) pause: Pause,
    /// The outbox is not there.
    trouble: Pause,
    pub(super) cursor: Cursor,
    /// Whether an event may still become visible before some that are settled.
    pub(super) is_capped: bool,
    /// Whether events of this target may be parked.
    pub(super) has_parked: bool,
    pub(super) chores: Chores,
    /// How often the lock was read again when the parked events were last judged again. `None`:
    /// they were not, since the start.
    pub(super) generation: Option<u64>,
    pub(super) phase: Phase,
}

/// What a worker knows of its cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cursor {
    /// It was never read.
    Unread,
    /// It is known.
    Known,
    /// Another program has moved it, or another relay has it.
    Moved,
    /// Another relay has it, and this one is in standby.
    Held,
}

/// When the things are due that are done from time to time.
#[derive(Debug)]
pub(super) struct Chores {
    pub(super) parked: Instant,
    pub(super) measure: Instant,
    pub(super) tidy: Instant,
    /// When the lease is renewed, or asked for.
    pub(super) renew: Instant,
}

impl Chores {
    /// How often the worker looks for parked events that are due, measures what waits and looks at
    /// the lock, and repairs what other programs have left.
    pub(super) const PARKED: Duration = Duration::from_millis(250);
    pub(super) const MEASURE: Duration = Duration::from_secs(1);
    pub(super) const TIDY: Duration = Duration::from_secs(10);
}

impl State {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            flow: Flow::default(),
            pending: Pending::new(0, now),
            poll: Poll::new(now),
            pause: Pause::default(),
            trouble: Pause::default(),
            cursor: Cursor::Unread,
            is_capped: false,
            has_parked: true,
            chores: Chores { parked: now, measure: now, tidy: now, renew: now },
            generation: None,
            phase: Phase::Running,
        }
    }
}

impl Worker {
    /// Works until it is stopped.
    ///
    /// # Errors
    ///
    /// Why the target can no longer be served. A person must do something.
    pub(super) fn run(mut self) -> Result<WorkerEnd, String> {
        let ended = self.work();
        self.release();
        ended
    }

    fn work(&mut self) -> Result<WorkerEnd, String> {
        loop {
            let now = Instant::now();
            if !self.state.trouble.is_on(now) {
                match self.step(now) {
                    Ok(()) => {
                        if self.state.trouble.succeed() {
                            self.watch.source_is_back();
                        }
                    }
                    Err(SourceError::Passing(reason)) => {
                        if self.state.trouble.fail(None, now).is_some() {
                            self.watch.source_is_away(&reason);
                        }
                    }
                    Err(SourceError::Fatal(reason)) => return Err(reason),
                }
            }
            if self.is_finished(Instant::now()) {
                let State { flow, pending, .. } = &self.state;
                let unanswered = flow.unanswered() as u64;
                let is_complete = unanswered == 0
                    && !pending.is_some()
                    && !flow.has_gap()
                    && !self.state.is_capped;
                return Ok(WorkerEnd { is_complete, unanswered });
            }
            self.wait();
        }
    }

    fn step(&mut self, now: Instant) -> Result<(), SourceError> {
        let is_known = self.state.cursor == Cursor::Known || self.rewind(now)?;
        // First: a process that was frozen must not send what another relay has sent meanwhile.
        if !is_known || !self.keep_lease(now)? {
            return Ok(());
        }
        self.commit(now)?;
        if self.state.cursor == Cursor::Moved {
            return Ok(());
        }
        // Before more is read, so that the target works while this thread reads. In a stop: what
        // was sent ahead of its turn must not be sent again, so what it overtook is sent now.
        self.publish(now);
        if self.state.phase.is_stopping() {
            return self.read_late(now);
        }
        self.do_chores(now)?;
        if self.state.cursor == Cursor::Moved {
            return Ok(());
        }
        self.read(now)?;
        // What could not be sent is parked before more is read.
        self.commit(now)?;
        self.publish(now);
        Ok(())
    }

    /// Writes progress, if it is time.
    fn commit(&mut self, now: Instant) -> Result<(), SourceError> {
        let state = &mut self.state;
        let settled = state.flow.settled();
        let limit = self.source.limit(settled);
        state.is_capped = limit < settled;
        state.pending.settle(limit);
        // Between services that write without a rest, each commit takes long: it waits for many
        // events.
        let can_send = state.flow.has_ready() && !state.phase.is_stopping();
        let is_idle = state.flow.in_flight() == 0 && !can_send;
        if !state.pending.is_due(is_idle, now) {
            return Ok(());
        }
        if self.source.commit(&state.pending.progress, Timestamp::now())? {
            let progress = &state.pending.progress;
            state.has_parked |= !progress.park.is_empty();
            if !progress.release.is_empty() {
                state.chores.parked = now;
            }
            state.pending.committed(now);
            state.chores.renew = now + self.lease / 3;
        } else {
            state.cursor = Cursor::Moved;
        }
        Ok(())
    }

    fn publish(&mut self, now: Instant) {
        if self.state.pause.is_on(now) {
            return;
        }
        let mut limits = self.target.limits();
        if self.state.pause.has_failed() {
            // One batch shows whether the target is back.
            limits.in_flight = 1;
        }
        let is_stopping = self.state.phase.is_stopping();
        let flow = &mut self.state.flow;
        while let Some(batch) =
            if is_stopping { flow.take_from_gap(limits) } else { flow.take(limits) }
        {
            self.watch.publishing(&batch);
            let places = batch.iter().map(|message| message.seq).collect();
            let answers = self.answers.clone();
            self.target.publish(Batch::new(batch, move |outcome| {
                // A worker that has ended needs no answer.
                let _ = answers.send(Signal::Answer(places, outcome));
            }));
        }
    }

    /// Waits for a signal, or until something is due.
    fn wait(&mut self) {
        let now = Instant::now();
        let limit = self.next().saturating_duration_since(now);
        let first = match self.signals.recv_timeout(limit) {
            Ok(signal) => signal,
            Err(RecvTimeoutError::Timeout) => return,
            // The relay is gone without a stop.
            Err(RecvTimeoutError::Disconnected) => Signal::Stop(now),
        };
        self.take(first);
        while let Ok(signal) = self.signals.try_recv() {
            self.take(signal);
        }
    }

    fn take(&mut self, signal: Signal) {
        match signal {
            Signal::Answer(batch, outcome) => self.answered(&batch, &outcome),
            Signal::Wake => {
                self.woken.store(false, Ordering::Release);
                self.state.poll.wake(Instant::now());
            }
            Signal::Stop(until) => {
                self.state.phase = Phase::stopping(until);
                self.state.poll.wake(Instant::now());
            }
            Signal::Drain(until) => {
                self.state.phase = Phase::Draining { until, is_read: false };
                self.state.poll.wake(Instant::now());
            }
        }
    }

    /// When something is due next. A time that has passed is one at which the next step does
    /// something: otherwise the worker would be busy with nothing.
    fn next(&self) -> Instant {
        let state = &self.state;
        let is_idle = state.flow.in_flight() == 0;
        if state.trouble.has_failed() {
            let ends = state.trouble.until().into_iter().chain(state.phase.until());
            return ends.min().unwrap_or_else(soon);
        }
        if state.cursor == Cursor::Held {
            let renew = state.chores.renew;
            return state.phase.until().map_or(renew, |until| until.min(renew));
        }
        if state.cursor != Cursor::Known {
            // The cursor is read after the last answer, which is a signal.
            let wait = if is_idle { Instant::now } else { soon };
            return state.phase.until().map_or_else(wait, |until| until.min(wait()));
        }
        if let Phase::Stopping { until: stop, late } = state.phase {
            let is_waiting = state.is_capped && Instant::now() < late;
            let next = if is_waiting { state.poll.next().min(late) } else { stop };
            let next = next.min(state.chores.renew);
            return state.pending.latest().map_or(next, |latest| latest.min(next));
        }
        let mut next = state.chores.measure.min(state.chores.tidy).min(state.chores.renew);
        next = state.phase.until().map_or(next, |until| next.min(until));
        if self.has_room() {
            next = next.min(state.poll.next());
            if state.has_parked {
                next = next.min(state.chores.parked);
            }
        }
        // After a pause, one batch is sent, and its answer is a signal.
        if state.flow.has_ready() && is_idle {
            next = state.pause.until().map_or(next, |until| next.min(until));
        }
        state.pending.latest().map_or(next, |latest| next.min(latest))
    }

    fn is_finished(&mut self, now: Instant) -> bool {
        let state = &mut self.state;
        if let Phase::Draining { until, is_read } = state.phase
            && (now >= until || (is_read && state.flow.len() == 0))
        {
            state.phase = Phase::stopping(until);
            state.poll.wake(now);
        }
        let Phase::Stopping { until, late } = state.phase else { return false };
        let is_gapless = !state.flow.has_gap() || state.pause.has_failed();
        let is_done = state.flow.in_flight() == 0 && !state.pending.is_some() && is_gapless;
        let is_done = is_done && (!state.is_capped || now >= late);
        let is_lost = matches!(state.cursor, Cursor::Moved | Cursor::Held);
        is_done || is_lost || now >= until
    }
}

fn soon() -> Instant {
    Instant::now() + Chores::PARKED
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker").field("state", &self.state).finish_non_exhaustive()
    }
}
