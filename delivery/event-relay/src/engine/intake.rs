//! What a worker reads, and what becomes of it before it is published.

use super::flow::Item;
use super::judge::{Judge, Judgement};
use super::phase::Phase;
use super::worker::{Chores, Cursor, Worker};
use crate::message::{EntityKey, Message};
use crate::source::{OnPoison, Park, ParkedState, Read, SourceError};
use event_core::Timestamp;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

/// The bytes of envelopes that a worker holds, and the events: at least this many, and twice what
/// may be in flight.
const BYTES: usize = 8 * 1024 * 1024;
const EVENTS: usize = 1_000;

impl Worker {
    /// Whether more may be read.
    pub(super) fn has_room(&self) -> bool {
        let flow = &self.state.flow;
        flow.len() < self.most() && flow.bytes() < BYTES
    }

    /// The number of events that are held at most.
    fn most(&self) -> usize {
        let limits = self.target.limits();
        limits.in_flight.saturating_mul(limits.events).saturating_mul(2).max(EVENTS)
    }

    /// Reads events behind the cursor, if it is time and there is room for them.
    pub(super) fn read(&mut self, now: Instant) -> Result<(), SourceError> {
        if !self.has_room() || !self.state.poll.is_due(now) {
            return Ok(());
        }
        let flow = &self.state.flow;
        let events = self.source.read(self.most() - flow.len(), BYTES - flow.bytes())?;
        if let Phase::Draining { is_read, .. } = &mut self.state.phase {
            *is_read = events.is_empty();
        }
        self.take_in(events, now);
        Ok(())
    }

    /// In a stop: reads the events that have become visible before some that were sent.
    pub(super) fn read_late(&mut self, now: Instant) -> Result<(), SourceError> {
        if self.state.is_capped && self.state.poll.is_due(now) {
            let events = self.source.read_late(BYTES)?;
            self.take_in(events, now);
        }
        Ok(())
    }

    fn take_in(&mut self, events: Vec<Read>, now: Instant) {
        self.state.poll.has_read(!events.is_empty(), now);
        // The source learns with the next commit what is parked here.
        let mut blocked = HashSet::new();
        for read in events {
            self.state.flow.pass(read.message.seq);
            if read.is_parked {
                continue;
            }
            let entity = read.message.entity.clone();
            let is_behind = read.is_behind || entity.as_ref().is_some_and(|e| blocked.contains(e));
            let is_parked = if is_behind {
                self.park(&read.message, ParkedState::Behind, 0, BEHIND.to_owned());
                true
            } else {
                self.admit(read)
            };
            if is_parked && self.options.on_poison == OnPoison::BlockEntity {
                blocked.extend::<Option<EntityKey>>(entity);
            }
        }
    }

    /// Judges an event, and lets it be published or parks it. Returns whether it is parked.
    fn admit(&mut self, read: Read) -> bool {
        let Read { message, attempts, is_parked, corrupt, .. } = read;
        if let Some(reason) = corrupt {
            self.park(&message, ParkedState::Dead, attempts, reason);
            return true;
        }
        let judgement = self.judge.as_ref().map_or(Judgement::Send, |judge| judge.judge(&message));
        match judgement {
            Judgement::Park(reason) => {
                self.watch.violates();
                self.park(&message, ParkedState::Contract, attempts, reason);
                return true;
            }
            Judgement::SendRetired => self.watch.retired(&message),
            Judgement::Send => {}
        }
        let item = if is_parked { Item::parked(message, attempts) } else { Item::live(message) };
        self.state.flow.push(item);
        false
    }

    pub(super) fn park(
        &mut self,
        message: &Arc<Message>,
        state: ParkedState,
        attempts: u32,
        reason: String,
    ) {
        self.park_until(message, state, attempts, reason, Timestamp::now());
    }

    pub(super) fn park_until(
        &mut self,
        message: &Arc<Message>,
        state: ParkedState,
        attempts: u32,
        reason: String,
        next_attempt_at: Timestamp,
    ) {
        self.watch.parked(message, state, attempts, &reason);
        let message = Arc::clone(message);
        self.state.pending.park(Park { message, state, attempts, next_attempt_at, reason });
    }

    /// What is done from time to time: parked events, measures, the lock, repairs.
    pub(super) fn do_chores(&mut self, now: Instant) -> Result<(), SourceError> {
        if now >= self.state.chores.measure {
            self.state.chores.measure = now + Chores::MEASURE;
            self.look_at_lock()?;
            let backlog = self.source.backlog()?;
            self.state.has_parked = backlog.parked.values().any(|events| *events > 0);
            self.watch.measured(&backlog, self.state.flow.unanswered());
            if backlog.is_moved {
                // Without new events there is no commit that would say so.
                self.state.cursor = Cursor::Moved;
                return Ok(());
            }
        }
        if now >= self.state.chores.tidy {
            self.state.chores.tidy = now + Chores::TIDY;
            self.source.tidy(Timestamp::now())?;
        }
        if self.state.has_parked && now >= self.state.chores.parked && self.has_room() {
            self.state.chores.parked = now + Chores::PARKED;
            let flow = &self.state.flow;
            let (events, bytes) = (self.most() - flow.len(), BYTES - flow.bytes());
            for read in self.source.due(Timestamp::now(), events, bytes)? {
                if !self.state.flow.contains(read.message.seq) {
                    self.admit(read);
                }
            }
        }
        Ok(())
    }

    /// Lets the events that wait for a contract be judged again at the start, because the lock may
    /// have changed before it, and whenever the lock has changed.
    fn look_at_lock(&mut self) -> Result<(), SourceError> {
        match self.judge.as_ref().map_or(Ok(0), Judge::reload) {
            Ok(generation) if self.state.generation == Some(generation) => {
                self.watch.lock_is_readable();
            }
            Ok(generation) => {
                let events = self.source.retry_contract(Timestamp::now())?;
                if self.state.generation.replace(generation).is_some() {
                    self.watch.lock_was_reloaded(events as u64);
                }
            }
            Err(reason) => self.watch.lock_is_unreadable(&reason),
        }
        Ok(())
    }
}

/// The reason of an event that waits behind a parked one.
pub(super) const BEHIND: &str = "an earlier event of its entity is parked";
