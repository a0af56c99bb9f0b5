//! Counters that cost a few plain instructions: each thread counts for itself, and whoever asks
//! adds up.

use super::state::EventState;
use super::thread;
use crate::value::encode::Refusal;
use event_grammar::Level;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What can become of a call.
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
    /// Not written, because its transition is not one that it declares.
    IllegalTransition,
    /// Written without context that it declares, because that was not bound. Counted besides
    /// `Emitted` or `Buffered`.
    ContextMissing,
    /// Put into a buffer. What becomes of it there is counted besides, as one of the next two: what
    /// has left a buffer is never subtracted here, so that no call is counted twice, or not at all,
    /// by somebody who asks at that moment.
    Buffered,
    /// Offered to every sink, out of a buffer.
    Flushed(Level),
    /// Dropped, with its buffer or out of it.
    Discarded,
}

const OUTCOMES: usize = 2 * Level::ALL.len() + 8;

impl Outcome {
    /// What becomes of an event that is refused.
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

/// How often each outcome came about, of one event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts([u64; OUTCOMES]);

impl Counts {
    pub(crate) const fn of(&self, outcome: Outcome) -> u64 {
        self.0[outcome.place()]
    }

    /// Those of one level that were offered to every sink, at once or out of a buffer.
    pub(crate) const fn emitted_at(&self, level: Level) -> u64 {
        self.of(Outcome::Emitted(level)) + self.of(Outcome::Flushed(level))
    }

    pub(crate) fn emitted(&self) -> u64 {
        Level::ALL.into_iter().map(|level| self.emitted_at(level)).sum()
    }

    pub(crate) const fn refused(&self) -> u64 {
        self.of(Outcome::Refused) + self.of(Outcome::IllegalTransition)
    }

    /// Those that are in a buffer.
    pub(crate) fn buffered(&self) -> u64 {
        let flushed: u64 =
            Level::ALL.into_iter().map(|level| self.of(Outcome::Flushed(level))).sum();
        // Two threads may have counted the one and the other, and the first was asked before the
        // second.
        self.of(Outcome::Buffered).saturating_sub(flushed + self.of(Outcome::Discarded))
    }
}

/// What one thread has counted for one emitter, by the event's place. Only that thread writes.
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
    /// What threads that have ended had counted.
    ended: Vec<Counts>,
}

/// One thread's tallies, by emitter; the one of the process is mostly the first.
#[derive(Debug, Default)]
pub(super) struct Mine {
    tallies: Vec<(u64, Arc<Tally>)>,
}

impl Tallies {
    pub(crate) fn new() -> Self {
        static NEXT_ID: AtomicU64 = AtomicU64::new(0);
        Self { id: NEXT_ID.fetch_add(1, Ordering::Relaxed), threads: Mutex::default() }
    }

    /// Counts one more, where it is not known which thread's tallies there are.
    pub(crate) fn count(&self, event: &EventState, outcome: Outcome) {
        thread::with(|thread| thread.tally.count(self, event, outcome));
    }

    /// What has been counted, by the event's place.
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

    /// Counts one more.
    #[inline]
    pub(super) fn count(&mut self, tallies: &Tallies, event: &EventState, outcome: Outcome) {
        for (id, tally) in &self.tallies {
            if *id == tallies.id
                && let Some(counters) = tally.get(event.index)
            {
                let counter = &counters[outcome.place()];
                // Only this thread writes to it.
                return counter.store(counter.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
            }
        }
        self.count_first(tallies, event, outcome);
    }

    /// Counts a thread's first event, or the first that its tally has no place for.
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
        // Emitters that are gone go, and the tally that had no place.
        self.tallies.retain(|(id, tally)| *id != tallies.id && Arc::strong_count(tally) > 1);
        self.tallies.push((tallies.id, tally));
    }
}

impl Threads {
    /// Keeps the sums of what nobody writes to any more.
    fn fold(&mut self) {
        let Self { running, ended } = self;
        running.retain_mut(|tally| {
            // Not the count alone: this synchronises with the thread's last write.
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
            // Joined each: a scope does not wait for what threads leave behind.
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
