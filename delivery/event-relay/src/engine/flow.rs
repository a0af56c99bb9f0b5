//! Which events may be sent now.
//!
//! The rule: of each entity, one batch is in flight, and the events of a batch are in order. So an
//! event that fails is not overtaken by a later event of its entity. Events of different entities,
//! and events without one, are independent.

use crate::message::{Message, Seq};
use crate::targets::Limits;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

/// An event that is read and not settled.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) message: Arc<Message>,
    /// How often the target has rejected it.
    pub(super) attempts: u32,
    /// Whether it comes from the parked events, below the cursor.
    pub(super) is_parked: bool,
    /// Whether it is sent by itself, because a batch with it was rejected.
    is_alone: bool,
    /// The key of its entity in [`Flow::lines`], which [`Flow::push`] fills in.
    line: Option<u64>,
}

impl Item {
    /// An event from behind the cursor.
    pub(super) const fn live(message: Arc<Message>) -> Self {
        Self { message, attempts: 0, is_parked: false, is_alone: false, line: None }
    }

    /// A parked event that is due.
    pub(super) const fn parked(message: Arc<Message>, attempts: u32) -> Self {
        Self { message, attempts, is_parked: true, is_alone: false, line: None }
    }
}

/// The events that are read and not settled.
#[derive(Debug, Default)]
pub(super) struct Flow {
    items: BTreeMap<Seq, Item>,
    /// The events that wait, of each entity. Two entities with one hash wait for each other, which
    /// does no harm.
    lines: HashMap<u64, Line>,
    hasher: RandomState,
    /// The events that may be sent now: the first that waits of each entity that has none in
    /// flight.
    ready: BTreeSet<Seq>,
    /// The batches in flight.
    in_flight: usize,
    /// The events in them.
    unanswered: usize,
    /// The bytes of the envelopes in `items`.
    bytes: usize,
    /// The place of the last event that was read.
    head: Seq,
    /// The greatest place of an event that was sent.
    sent: Seq,
}

/// The events of an entity.
#[derive(Debug, Default)]
struct Line {
    waiting: VecDeque<Seq>,
    in_flight: usize,
}

impl Flow {
    /// Begins behind the cursor.
    pub(super) fn new(low: Seq) -> Self {
        Self { head: low, ..Self::default() }
    }

    /// The number of events that are read and not settled.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) const fn in_flight(&self) -> usize {
        self.in_flight
    }

    /// The events in flight.
    pub(super) const fn unanswered(&self) -> usize {
        self.unanswered
    }

    pub(super) fn has_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    pub(super) fn contains(&self, seq: Seq) -> bool {
        self.items.contains_key(&seq)
    }

    /// Every event up to this place is settled.
    pub(super) fn settled(&self) -> Seq {
        // Mostly the first one is from behind the cursor.
        let live = self.items.iter().find(|(_, item)| !item.is_parked);
        live.map_or(self.head, |(seq, _)| seq - 1)
    }

    /// An event was read, and is settled in another way: it is parked.
    pub(super) fn pass(&mut self, seq: Seq) {
        self.head = self.head.max(seq);
    }

    /// Adds an event that was read.
    pub(super) fn push(&mut self, mut item: Item) {
        let seq = item.message.seq;
        item.line = item.message.entity.as_ref().map(|entity| self.hasher.hash_one(entity));
        if !item.is_parked {
            self.head = self.head.max(seq);
        }
        self.bytes += item.message.envelope.len();
        match item.line {
            None => {
                self.ready.insert(seq);
            }
            Some(key) => {
                let line = self.lines.entry(key).or_default();
                if line.in_flight == 0 && line.waiting.is_empty() {
                    self.ready.insert(seq);
                }
                line.waiting.push_back(seq);
            }
        }
        self.items.insert(seq, item);
    }

    /// Whether an event was sent before an earlier one is settled: the cursor cannot say so, and
    /// the event would be sent again after a restart.
    pub(super) fn has_gap(&self) -> bool {
        self.settled() < self.sent
    }

    /// The next batch, which is then in flight. `None` if nothing may be sent now.
    pub(super) fn take(&mut self, limits: Limits) -> Option<Vec<Arc<Message>>> {
        self.take_until(limits, Seq::MAX)
    }

    /// As [`Flow::take`], of the events before the last that was sent: they close the gap.
    pub(super) fn take_from_gap(&mut self, limits: Limits) -> Option<Vec<Arc<Message>>> {
        self.take_until(limits, self.sent)
    }

    fn take_until(&mut self, limits: Limits, last: Seq) -> Option<Vec<Arc<Message>>> {
        if self.in_flight >= limits.in_flight.max(1) {
            return None;
        }
        let mut batch: Vec<Arc<Message>> = Vec::new();
        let mut bytes = 0;
        let mut touched = Vec::new();
        while let Some(seq) = self.ready.first().copied().filter(|seq| *seq <= last) {
            let item = &self.items[&seq];
            let (message, is_alone, line) = (Arc::clone(&item.message), item.is_alone, item.line);
            bytes += message.envelope.len();
            let is_full = batch.len() >= limits.events.max(1) || bytes > limits.bytes || is_alone;
            if is_full && !batch.is_empty() {
                break;
            }
            self.ready.remove(&seq);
            if let Some(key) = line {
                touched.push(key);
                let line = self.lines.entry(key).or_default();
                line.waiting.pop_front();
                line.in_flight += 1;
                // The next event of the entity may be in the same batch, behind this one.
                self.ready.extend(line.waiting.front());
            }
            batch.push(message);
            if is_alone {
                break;
            }
        }
        for key in touched {
            if let Some(next) = self.lines.get(&key).and_then(|line| line.waiting.front()) {
                self.ready.remove(next);
            }
        }
        if batch.is_empty() {
            return None;
        }
        self.in_flight += 1;
        self.unanswered += batch.len();
        self.sent = batch.iter().map(|message| message.seq).fold(self.sent, Seq::max);
        Some(batch)
    }

    /// A batch is no longer in flight, and its events are delivered. Returns them.
    pub(super) fn delivered(&mut self, batch: &[Seq]) -> Vec<Item> {
        self.is_answered(batch.len());
        batch.iter().filter_map(|seq| self.settle(*seq)).collect()
    }

    /// A batch is no longer in flight, and its events are sent again.
    pub(super) fn put_back(&mut self, batch: &[Seq], alone: bool) {
        self.is_answered(batch.len());
        // From the last to the first, so that they are in order at the front of their lines.
        for seq in batch.iter().rev() {
            let Some(item) = self.items.get_mut(seq) else { continue };
            item.is_alone |= alone;
            match item.line {
                None => {
                    self.ready.insert(*seq);
                }
                Some(key) => {
                    let line = self.lines.entry(key).or_default();
                    line.waiting.push_front(*seq);
                    line.in_flight -= 1;
                    if line.in_flight == 0 {
                        self.ready.extend(line.waiting.front());
                    }
                }
            }
        }
    }

    /// The target has rejected this event, which was sent by itself. Returns it, and, if its entity
    /// is blocked, the events that wait behind it.
    pub(super) fn rejected(&mut self, seq: Seq, block: bool) -> Vec<Item> {
        self.is_answered(1);
        let Some(item) = self.settle(seq) else { return Vec::new() };
        let line = item.line.filter(|_| block).and_then(|key| self.lines.remove(&key));
        let waiting = line.map_or_else(VecDeque::new, |line| line.waiting);
        let behind = waiting.iter().filter_map(|seq| self.remove(*seq));
        [item].into_iter().chain(behind).collect()
    }

    fn is_answered(&mut self, events: usize) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.unanswered = self.unanswered.saturating_sub(events);
    }

    fn settle(&mut self, seq: Seq) -> Option<Item> {
        let item = self.remove(seq)?;
        if let Some(key) = item.line
            && let Some(line) = self.lines.get_mut(&key)
        {
            line.in_flight = line.in_flight.saturating_sub(1);
            if line.in_flight == 0 {
                match line.waiting.front() {
                    Some(next) => {
                        self.ready.insert(*next);
                    }
                    None => {
                        self.lines.remove(&key);
                    }
                }
            }
        }
        Some(item)
    }

    fn remove(&mut self, seq: Seq) -> Option<Item> {
        let item = self.items.remove(&seq)?;
        self.ready.remove(&seq);
        self.bytes -= item.message.envelope.len();
        Some(item)
    }
}
