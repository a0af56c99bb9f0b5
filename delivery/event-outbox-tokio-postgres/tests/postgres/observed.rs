//! A shop whose emitter is observed. The tests of `event-outbox-sqlx` have it, too.

use event_core::emit::Incident;
use event_core::sink::Memory;
use event_core::{Emitter, Timestamp};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

/// 2026-11-21T00:00:00Z
const START: i64 = 1_795_219_200_000_000;

/// An outbox of the type `O`, and what its emitter's sink and listener get.
pub(crate) struct Shop<O> {
    pub(crate) outbox: O,
    emitter: Emitter,
    pub(crate) memory: Memory,
    incidents: Arc<Mutex<Vec<Incident>>>,
}

impl<O> Shop<O> {
    /// A shop whose clock goes on by a second a call.
    pub(crate) fn of(outbox: fn(Emitter) -> O) -> Self {
        let (memory, incidents) = (Memory::new(), Arc::<Mutex<Vec<Incident>>>::default());
        let (ticks, found) = (AtomicI64::new(0), incidents.clone());
        let emitter = Emitter::builder()
            .service("shop")
            .clock(move || {
                Timestamp::from_micros(START + ticks.fetch_add(1_000_000, Ordering::Relaxed))
            })
            .sink(memory.clone())
            .on_incident(move |incident| found.lock().unwrap().push(incident.clone()))
            .build();
        Self { outbox: outbox(emitter.clone()), emitter, memory, incidents }
    }

    /// Emitted, discarded, and still buffered.
    pub(crate) fn counts(&self) -> [u64; 3] {
        let report = self.emitter.report();
        [report.emitted, report.discarded, report.buffered]
    }

    /// What was reported since the last call.
    pub(crate) fn incidents(&self) -> Vec<Incident> {
        std::mem::take(&mut self.incidents.lock().unwrap())
    }
}
