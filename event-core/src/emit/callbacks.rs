//! What a program gives an emitter to call: the clock, the sources of ids and of traces. One that panics is replaced for that call, and the event is emitted.

use super::clock::{self, Clock};
use super::incident::{Incident, Incidents, Topic};
use super::trace_source::TraceSource;
use crate::isolation;
use crate::record::{EventId, IdSource};
use crate::time::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// A clock whose panics end here.
struct Isolated {
    clock: Box<dyn Clock>,
    incidents: Arc<Incidents>,
}

pub(super) fn clock(clock: Box<dyn Clock>, incidents: &Arc<Incidents>) -> Box<dyn Clock> {
    Box::new(Isolated { clock, incidents: incidents.clone() })
}

pub(super) fn ids(ids: Box<IdSource>, incidents: &Arc<Incidents>) -> Box<IdSource> {
    let incidents = incidents.clone();
    Box::new(move |time| call(&incidents, "ids", || ids(time), || EventId::at(time)))
}

pub(super) fn trace_source(source: Box<TraceSource>, incidents: &Arc<Incidents>) -> Box<TraceSource> {
    let incidents = incidents.clone();
    Box::new(move || call(&incidents, "trace_source", &source, || None))
}

impl Clock for Isolated {
    fn now(&self) -> Timestamp {
        call(&self.incidents, "clock", || self.clock.now(), Timestamp::now)
    }

    fn monotonic(&self) -> Duration {
        call(&self.incidents, "clock", || self.clock.monotonic(), clock::monotonic)
    }
}

/// Calls what the program gave; in its place what an emitter does without it, where that panics.
fn call<T>(incidents: &Incidents, name: &'static str, given: impl FnOnce() -> T, own: impl FnOnce() -> T) -> T {
    isolation::caught(given).unwrap_or_else(|| {
        incidents.tell(Topic::CallbackPanicked { name }, || Incident::CallbackPanicked { name });
        own()
    })
}
