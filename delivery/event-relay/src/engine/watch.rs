//! What a worker says of itself: the relay's own events, and its metrics.

use crate::events::{
    CursorChanged, CursorLeaseAcquired, CursorLeaseAwaited, EventParked, EventRetiredSent,
    LockReloadCompleted, LockReloadFailed, OutboxPaused, OutboxResumed, RelayFailed,
    TargetBacklogExceeded, TargetBacklogRecovered, TargetPaused, TargetResumed,
};
use crate::message::{Message, Seq};
use crate::metrics::{BacklogLimits, TargetMetrics};
use crate::source::{Backlog, Holder, ParkedState};
use event_core::{Emitter, Str, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What waits for a relay that begins to serve a target is no fault of it before it had this time to
/// read.
const FIRST_READ: Duration = Duration::from_secs(5);

/// What a worker says of itself.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    target: Arc<str>,
    emitter: Emitter,
    metrics: Arc<TargetMetrics>,
    limits: BacklogLimits,
    started: Instant,
    /// When the batches in flight were sent, by their first events.
    sent: HashMap<Seq, Instant>,
    /// Since when the target is not there, and how often it was tried.
    target_away: Option<(Instant, u32)>,
    /// Since when the outbox is not there.
    source_away: Option<Instant>,
    /// Since when this relay serves the target.
    serving: Option<Instant>,
    /// Since when the target lags too far behind.
    lagging: Option<Instant>,
    /// The relay that has the lease, and since when this one is in standby.
    holder: Option<(String, Instant)>,
    /// What is wrong with the lock.
    unreadable: Option<String>,
}

impl Watch {
    pub(super) fn new(
        target: &str,
        emitter: Emitter,
        metrics: Arc<TargetMetrics>,
        limits: BacklogLimits,
    ) -> Self {
        Self {
            target: target.into(),
            emitter,
            metrics,
            limits,
            started: Instant::now(),
            sent: HashMap::new(),
            target_away: None,
            source_away: None,
            serving: None,
            lagging: None,
            holder: None,
            unreadable: None,
        }
    }

    fn target(&self) -> Str<'_> {
        Str::from(&*self.target)
    }

    pub(super) fn publishing(&mut self, batch: &[Arc<Message>]) {
        self.sent.extend(batch.first().map(|message| (message.seq, Instant::now())));
    }

    /// The target has answered a batch. `in_flight`: the events that it has not answered.
    pub(super) fn answered(&mut self, batch: &[Seq], in_flight: usize) {
        if let Some(sent) = batch.first().and_then(|first| self.sent.remove(first)) {
            self.metrics.answered_after(sent.elapsed());
        }
        self.metrics.set_in_flight(in_flight as u64);
    }

    pub(super) fn delivered<'m>(
        &self,
        messages: impl Iterator<Item = &'m Message>,
        duplicates: usize,
    ) {
        let mut by_type: HashMap<&str, u64> = HashMap::new();
        for message in messages {
            *by_type.entry(&message.event_type).or_default() += 1;
        }
        let now = Timestamp::now();
        for (event_type, events) in by_type {
            self.metrics.published(event_type, events, now);
        }
        self.metrics.duplicates(duplicates as u64);
    }

    pub(super) fn rejected(&self) {
        self.metrics.rejected();
    }

    /// An attempt failed because the target is not there.
    pub(super) fn unavailable(&self) {
        self.metrics.unavailable();
    }

    pub(super) fn violates(&self) {
        self.metrics.contract_violation();
    }

    pub(super) fn target_is_away(&mut self, reason: &str, wait: Duration) {
        self.metrics.set_paused(true);
        match &mut self.target_away {
            Some((_, attempts)) => *attempts = attempts.saturating_add(1),
            None => {
                self.target_away = Some((Instant::now(), 1));
                let wait_ms = millis(wait);
                self.emitter.emit(&TargetPaused {
                    target: self.target(),
                    reason: reason.into(),
                    wait_ms,
                });
            }
        }
    }

    pub(super) fn target_is_back(&mut self) {
        self.metrics.set_paused(false);
        if let Some((since, attempts)) = self.target_away.take() {
            let paused_for_ms = millis(since.elapsed());
            self.emitter.emit(&TargetResumed { target: self.target(), paused_for_ms, attempts });
        }
    }

    pub(super) fn source_is_away(&mut self, reason: &str) {
        if self.source_away.is_none() {
            self.source_away = Some(Instant::now());
            self.emitter.emit(&OutboxPaused { target: self.target(), reason: reason.into() });
        }
    }

    pub(super) fn source_is_back(&mut self) {
        if let Some(since) = self.source_away.take() {
            let paused_for_ms = millis(since.elapsed());
            self.emitter.emit(&OutboxResumed { target: self.target(), paused_for_ms });
        }
    }

    /// The cursor was read again. `dead requeue` and `dead skip` have it read again, too, and move
    /// nothing.
    pub(super) fn cursor_was_read_again(&self, before_seq: Seq, after_seq: Seq) {
        if before_seq == after_seq {
            return;
        }
        self.emitter.emit(&CursorChanged { target: self.target(), before_seq, after_seq });
    }

    /// This relay has the lease.
    pub(super) fn serves(&mut self, low_seq: Seq, fence: i64) {
        self.metrics.set_lease(Some(fence));
        self.serving.get_or_insert_with(Instant::now);
        if let Some((before, since)) = self.holder.take() {
            self.emitter.emit(&CursorLeaseAcquired {
                target: self.target(),
                low_seq,
                fence,
                before: before.into(),
                waited_for_ms: millis(since.elapsed()),
            });
        }
    }

    /// Another relay has the lease.
    pub(super) fn stands_by(&mut self, holder: &Holder) {
        self.metrics.set_lease(None);
        // What waits is the concern of the other relay.
        self.metrics.set_backlog(&Backlog::default());
        self.metrics.set_paused(false);
        (self.serving, self.lagging) = (None, None);
        let Holder { relay, .. } = holder;
        let since = match &self.holder {
            Some((before, _)) if before == relay => return,
            Some((_, since)) => *since,
            None => Instant::now(),
        };
        self.holder = Some((relay.clone(), since));
        self.emitter.emit(&CursorLeaseAwaited { target: self.target(), relay: relay.into() });
    }

    pub(super) fn retired(&self, message: &Message) {
        self.emitter.emit(&EventRetiredSent {
            target: self.target(),
            seq: message.seq,
            event_type: (&message.event_type).into(),
            event_version: message.event_version,
        });
    }

    pub(super) fn parked(
        &self,
        message: &Message,
        state: ParkedState,
        attempts: u32,
        reason: &str,
    ) {
        self.emitter.emit(&EventParked {
            target: self.target(),
            seq: message.seq,
            event_type: (&message.event_type).into(),
            event_version: message.event_version,
            state: state.into(),
            attempts,
            reason: reason.into(),
        });
    }

    pub(super) fn lock_was_reloaded(&mut self, judged_again: u64) {
        self.unreadable = None;
        self.emitter.emit(&LockReloadCompleted { target: self.target(), judged_again });
    }

    pub(super) fn lock_is_readable(&mut self) {
        self.unreadable = None;
    }

    pub(super) fn lock_is_unreadable(&mut self, reason: &str) {
        if self.unreadable.as_deref() != Some(reason) {
            self.unreadable = Some(reason.to_owned());
            self.emitter.emit(&LockReloadFailed { target: self.target(), reason: reason.into() });
        }
    }

    pub(super) fn measured(&mut self, backlog: &Backlog, in_flight: usize) {
        self.metrics.set_backlog(backlog);
        self.metrics.set_in_flight(in_flight as u64);
        let lag = backlog
            .oldest
            .map_or(Duration::ZERO, |time| Timestamp::now().saturating_duration_since(time));
        let is_exceeded = self.limits.are_exceeded(lag, backlog.events);
        let has_begun = self.serving.is_some_and(|since| since.elapsed() >= FIRST_READ);
        if is_exceeded && has_begun && self.lagging.is_none() {
            self.lagging = Some(Instant::now());
            self.emitter.emit(&TargetBacklogExceeded {
                target: self.target(),
                lag_events: backlog.events,
                lag_seconds: lag.as_secs(),
                max_lag_seconds: self.limits.max_lag.map(|max_lag| max_lag.as_secs()),
                max_backlog: self.limits.max_backlog,
            });
        }
        if !is_exceeded && let Some(since) = self.lagging.take() {
            let exceeded_for_ms = millis(since.elapsed());
            self.emitter.emit(&TargetBacklogRecovered { target: self.target(), exceeded_for_ms });
        }
    }

    /// The target is no longer served.
    pub(super) fn failed(&self, reason: &str) {
        self.emitter.emit(&RelayFailed {
            reason: reason.into(),
            target: Some(self.target()),
            ran_for_ms: millis(self.started.elapsed()),
        });
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
