//! A target in memory, whose answers a test decides.

use event_relay::Message;
use event_relay::targets::{BlockingTarget, Limits, Outcome, Workers};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the target has, in the order of arrival: place, entity and version.
pub(crate) type Arrived = (i64, String);

/// Decides about each batch.
type Decide = dyn Fn(&[Arc<Message>]) -> Outcome + Send + Sync;

/// Remembers what it accepts.
#[derive(Clone)]
pub(crate) struct Shelf {
    limits: Limits,
    decide: Arc<Decide>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    batches: Arc<Mutex<Vec<usize>>>,
}

pub(crate) const DELIVERED: Outcome = Outcome::Delivered { duplicates: 0 };

pub(crate) fn rejected() -> Outcome {
    Outcome::Rejected { reason: "422 Unprocessable Content".to_owned() }
}

pub(crate) fn unsendable() -> Outcome {
    Outcome::Unsendable { reason: "the event is too large".to_owned() }
}

pub(crate) fn unavailable() -> Outcome {
    Outcome::Unavailable { reason: "503 Service Unavailable".to_owned(), retry_after: None }
}

impl Shelf {
    pub(crate) fn new(
        (in_flight, events): (usize, usize),
        decide: impl Fn(&[Arc<Message>]) -> Outcome + Send + Sync + 'static,
    ) -> Self {
        let limits = Limits { in_flight, events, bytes: 1 << 20 };
        let (arrived, batches) = (Arc::default(), Arc::default());
        Self { limits, decide: Arc::new(decide), arrived, batches }
    }

    pub(crate) fn start(&self) -> Workers {
        Workers::start("shelf", self.clone()).unwrap()
    }

    /// What has arrived.
    pub(crate) fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }

    pub(crate) fn places(&self) -> Vec<i64> {
        self.arrived().iter().map(|(seq, _)| *seq).collect()
    }

    /// The sizes of the batches that were tried.
    pub(crate) fn batches(&self) -> Vec<usize> {
        self.batches.lock().unwrap().clone()
    }

    /// Fails if the events of an entity have not arrived in order, each once.
    pub(crate) fn check_order(&self) {
        let mut last = std::collections::BTreeMap::new();
        for (seq, entity) in self.arrived() {
            let before = last.insert(entity.clone(), seq);
            assert!(before.is_none_or(|before| before < seq), "{entity}: {seq} after {before:?}");
        }
    }
}

impl BlockingTarget for Shelf {
    fn limits(&self) -> Limits {
        self.limits
    }

    fn publish(&self, batch: &[Arc<Message>]) -> Outcome {
        self.batches.lock().unwrap().push(batch.len());
        let outcome = (self.decide)(batch);
        if outcome == DELIVERED {
            let entity = |message: &Message| {
                message.entity.as_ref().map_or(String::new(), |entity| entity.id.clone())
            };
            let mut arrived = self.arrived.lock().unwrap();
            arrived.extend(batch.iter().map(|message| (message.seq, entity(message))));
        } else {
            std::thread::sleep(Duration::from_millis(1));
        }
        outcome
    }
}
