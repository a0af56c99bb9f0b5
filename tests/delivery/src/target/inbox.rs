//! A receiver that remembers what it got, and has moods.

use crate::oracle::Delivery;
use crate::random::Random;
use receiver::{Answer, Receiver, Request, events};
use std::collections::BTreeSet;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// How a receiver answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// 200.
    #[default]
    Fine,
    /// Nothing, until it is in another mood.
    Hangs,
    /// Of 100 requests, so many are answered 503, 500 or 429, some with `Retry-After: 0`, or their
    /// connection is cut, before or after the events are taken.
    Fails(u64),
    /// 422 for a request with one of these events, which are known by id.
    Refuses(BTreeSet<String>),
    /// The connection is cut, and nothing is taken.
    Gone,
}

/// A receiver that remembers what it got, and has moods. It stops when it is dropped.
pub struct Inbox {
    shared: Arc<Shared>,
    receiver: Option<Receiver>,
    port: u16,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    mood: Mood,
    random: Random,
    deliveries: Vec<Delivery>,
}

/// The header with the number of the relay's start.
pub(super) const RELAY: &str = "x-relay";

impl Inbox {
    /// A receiver on a free port of 127.0.0.1.
    #[must_use]
    pub fn start(seed: u64) -> Self {
        let state = State { mood: Mood::Fine, random: Random::new(seed), deliveries: Vec::new() };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() });
        let mut inbox = Self { shared, receiver: None, port: 0 };
        inbox.open();
        inbox
    }

    /// Listens again, on the same port, after [`Inbox::close`].
    pub fn open(&mut self) {
        let shared = Arc::clone(&self.shared);
        self.be(Mood::Fine);
        let receiver = Receiver::deciding(self.port, None, move |request| shared.answer(request));
        self.port = receiver.port();
        self.receiver = Some(receiver);
    }

    /// Refuses connections, and cuts those that are open with their next request.
    pub fn close(&mut self) {
        self.be(Mood::Gone);
        self.receiver = None;
    }

    /// Changes the mood.
    pub fn be(&self, mood: Mood) {
        self.shared.lock().mood = mood;
        self.shared.changed.notify_all();
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/events", self.port)
    }

    /// What it got so far.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.shared.lock().deliveries.clone()
    }

    /// The number of deliveries so far.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shared.lock().deliveries.len()
    }

    /// Forgets the requests, which the receiver keeps in memory; not the deliveries.
    pub fn forget_requests(&self) {
        if let Some(receiver) = &self.receiver {
            drop(receiver.requests());
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &Request) -> Answer {
        let mut state = self.lock();
        let hangs = state.mood == Mood::Hangs;
        while state.mood == Mood::Hangs {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        match state.mood.clone() {
            Mood::Gone => return Answer::Cut,
            Mood::Fails(percent) if state.random.percent(percent) => {
                return state.fail(request);
            }
            Mood::Refuses(ids) if events(request).iter().any(|event| ids.contains(&event.id)) => {
                return Answer::status(422);
            }
            _ => {}
        }
        // The relay may have given up on a request that was held.
        state.take(request, !hangs);
        Answer::status(200)
    }
}

impl State {
    fn fail(&mut self, request: &Request) -> Answer {
        match self.random.within(0..6) {
            0 => Answer::with_header(503, "retry-after", "0"),
            1 => Answer::status(500),
            2 => Answer::status(429),
            3 => Answer::Cut,
            4 => {
                self.take(request, false);
                Answer::Cut
            }
            _ => {
                self.take(request, false);
                Answer::CutBody
            }
        }
    }

    fn take(&mut self, request: &Request, is_answered: bool) {
        let relay = request.header(RELAY).and_then(|number| number.parse().ok()).unwrap_or(0);
        let taken = events(request).into_iter();
        self.deliveries.extend(taken.map(|event| Delivery {
            event_id: event.id,
            relay,
            is_answered,
        }));
    }
}
