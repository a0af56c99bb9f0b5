//! Counters that cost a few plain instructions: each thread counts for itself, and a report adds
//! the counts up.

use super::state::EventState;
use super::thread;
use crate::value::encode::Refusal;
use event_grammar::Level;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The outcome of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Offered to every sink.
    Emitted(Level),
    /// Below the level.
    Suppressed,
    /// Left out by its sample rate, or by the tail sampler.
    SampledOut,
    /// Left out by its rate limit.
    Limited,
    /// Not written, because a field has a value that its declaration excludes, that is nested too
    /// deep, or that cannot be written.
    Refused,
    /// Not written, because its transition is not declared.
    IllegalTransition,
    /// Written without declared context, because the context was not bound. Counted in addition to
    /// `Emitted` or `Buffered`.
    ContextMissing,
    /// Put into a buffer. When the event leaves the buffer, it is counted in addition as one of the
    /// next two. Nothing is subtracted here then, so that a concurrent report counts every call
    /// exactly once.
    Buffered,
    /// Offered to every sink, from a buffer.
    Flushed(Level),
    /// Dropped with its buffer, or discarded from it.
    Discarded,
}

const OUTCOMES: usize = 2 * Level::ALL.len() + 8;

impl Outcome {
    /// The outcome of a refused event.
    pub(super) const fn of(refusal: Refusal) -> Self {
        match refusal {
            Refusal::IllegalTransition { .. } => Self::IllegalTransition,
            _ => Self::Refused,
        }
    }

    const fn place(self) -> usize {
        match self {
            Self::Emitted(level) => level as usize - 1,
            Self::Suppressed => 6,
            Self::SampledOut => 7,
            Self::Limited => 8,
            Self::Refused => 9,
            Self::ContextMissing => 10,
            Self::IllegalTransition => 11,
            Self::Buffered => 12,
            Self::Discarded => 13,
            Self::Flushed(level) => 13 + level as usize,
        }
    }
}

/// How often one event had each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts([u64; OUTCOMES]);

impl Counts {
    pub(crate) const fn of(&self, outcome: Outcome) -> u64 {
        self.0[outcome.place()]
    }

    /// Events of one level that were offered to every sink, at once or from a buffer.
    pub(crate) const fn emitted_at(&self, level: Level) -> u64 {
        self.of(Outcome::Emitted(level)) + self.of(Outcome::Flushed(level))
    }

    pub(crate) fn emitted(&self) -> u64 {
        Level::ALL.into_iter().map(|level| self.emitted_at(level)).sum()
    }

    pub(crate) const fn refused(&self) -> u64 {
        self.of(Outcome::Refused) + self.of(Outcome::IllegalTransition)
    }

    /// Events that are in a buffer.
    pub(crate) fn buffered(&self) -> u64 {
        let flushed: u64 =
            Level::ALL.into_iter().map(|level| self.of(Outcome::Flushed(level))).sum();
        // The two counts may come from two threads, and the first is read before the second.
        self.of(Outcome::Buffered).saturating_sub(flushed + self.of(Outcome::Discarded))
    }
}

/// The counters of one thread for one emitter, by the event's index. Only that thread writes them.
type Tally = [[AtomicU64; OUTCOMES]];

/// The counters of one emitter.
#[derive(Debug)]
pub(crate) struct Tallies {
    id: u64,
    threads: Mutex<Threads>,
}

#[derive(Debug, Default)]
struct Threads {
    running: Vec<Arc<Tally>>,
    /// The counts of threads that have ended.
    ended: Vec<Counts>,
}

/// The tallies of one thread, by emitter. The emitter of the process is usually the first.
#[derive(Debug, Default)]
pub(super) struct Mine {
    tallies: Vec<(u64, Arc<Tally>)>,
}

impl Tallies {
    pub(crate) fn new() -> Self {
        static NEXT_ID: AtomicU64 = AtomicU64::new(0);
        Self { id: NEXT_ID.fetch_add(1, Ordering::Relaxed), threads: Mutex::default() }
    }

    /// Counts one outcome, if the caller does not have the thread's tallies.
    pub(crate) fn count(&self, event: &EventState, outcome: Outcome) {
        thread::with(|thread| thread.tally.count(self, event, outcome));
    }

    /// All counts, by the event's index.
    pub(crate) fn counts(&self) -> Vec<Counts> {
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        threads.fold();
        let mut counts = threads.ended.clone();
        for tally in &threads.running {
            add(&mut counts, tally);
        }
        counts
    }
}

impl Mine {
    pub(super) const fn new() -> Self {
        Self { tallies: Vec::new() }
    }

    /// Counts one outcome.
    #[inline]
    pub(super) fn count(&mut self, tallies: &Tallies, event: &EventState, outcome: Outcome) {
        for (id, tally) in &self.tallies {
            if *id == tallies.id
                && let Some(counters) = tally.get(event.index)
            {
                let counter = &counters[outcome.place()];
                // Only this thread writes the counter.
                return counter.store(counter.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
            }
        }
        self.count_first(tallies, event, outcome);
    }

    /// Counts a thread's first event, or the first event whose index is beyond the end of the
    /// tally.
    #[cold]
    fn count_first(&mut self, tallies: &Tallies, event: &EventState, outcome: Outcome) {
        const PLACES: usize = 64;
        let places = (event.index + 1).next_multiple_of(PLACES);
        let tally: Arc<Tally> = (0..places).map(|_| Default::default()).collect();
        tally[event.index][outcome.place()].store(1, Ordering::Relaxed);
        let mut threads = tallies.threads.lock().unwrap_or_else(PoisonError::into_inner);
        threads.fold();
        threads.running.push(tally.clone());
        drop(threads);
        // Removes the tallies of dropped emitters, and the tally that was too short.
        self.tallies.retain(|(id, tally)| *id != tallies.id && Arc::strong_count(tally) > 1);
        self.tallies.push((tallies.id, tally));
    }
}

impl Threads {
    /// Adds up and removes the tallies that no thread writes any more.
    fn fold(&mut self) {
        let Self { running, ended } = self;
        running.retain_mut(|tally| {
            // Not the count alone: `get_mut` synchronises with the thread's last write.
            let is_mine = Arc::get_mut(tally).is_some();
            if is_mine {
                add(ended, tally);
            }
            !is_mine
        });
    }
}

fn add(counts: &mut Vec<Counts>, tally: &Tally) {
    if counts.len() < tally.len() {
        counts.resize(tally.len(), Counts::default());
    }
    for (counts, counters) in counts.iter_mut().zip(tally) {
        for (count, counter) in counts.0.iter_mut().zip(counters) {
            *count += counter.load(Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::emission::META;

    #[test]
    fn threads_that_end_and_threads_that_run_add_up() {
        let tallies = Arc::new(Tallies::new());
        let others: Vec<_> = (0..40).map(|_| Tallies::new()).collect();
        let count = |tallies: &Tallies, index, times| {
            for _ in 0..times {
                tallies.count(&EventState { index, meta: META }, Outcome::Limited);
                tallies.count(&EventState { index, meta: META }, Outcome::Emitted(Level::Error));
            }
        };
        for round in 0..3 {
            let spawn = |_| {
                let tallies = tallies.clone();
                std::thread::spawn(move || (0..200).for_each(|index| count(&tallies, index, 5)))
            };
            // Each thread is joined: a scope does not wait for the thread's destructors.
            (0..4)
                .map(spawn)
                .collect::<Vec<_>>()
                .into_iter()
                .for_each(|thread| thread.join().unwrap());
            count(&tallies, 7, round + 1);
        }
        for other in &others {
            count(other, 0, 1);
        }
        let counts = tallies.counts();
        assert_eq!(counts[0].of(Outcome::Limited), 3 * 4 * 5);
        assert_eq!(counts[7].of(Outcome::Limited), 3 * 4 * 5 + 6);
        assert_eq!(counts[199].emitted(), 3 * 4 * 5);
        assert!(others.iter().all(|other| other.counts()[0].emitted() == 1));
        let running = tallies.threads.lock().unwrap().running.len();
        assert!(running <= 1, "{running} tallies of threads that have ended");
    }
}
