//! Callbacks that a program supplies: a clock, sources of ids and traces, and the closures that
//! emit a dropped operation or unit of work. A panic in a callback is reported and goes no further.

use super::Emitter;
use super::clock::{self, Clock};
use super::incident::{Incident, Incidents, Topic};
use crate::context::TraceSource;
use crate::record::{EventId, IdSource};
use crate::value::isolation;
use crate::value::time::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// A clock that catches panics.
struct Isolated {
    clock: Box<dyn Clock>,
    incidents: Arc<Incidents>,
}

pub(super) fn clock(clock: Box<dyn Clock>, incidents: &Arc<Incidents>) -> Box<dyn Clock> {
    Box::new(Isolated { clock, incidents: incidents.clone() })
}

pub(super) fn ids(ids: Box<IdSource>, incidents: &Arc<Incidents>) -> Box<IdSource> {
    let incidents = incidents.clone();
    Box::new(move |time| call(&incidents, "Builder::ids", || ids(time), || EventId::at(time)))
}

pub(super) fn trace_source(
    source: Box<TraceSource>,
    incidents: &Arc<Incidents>,
) -> Box<TraceSource> {
    let incidents = incidents.clone();
    Box::new(move || call(&incidents, "Builder::trace_source", &source, || None))
}

impl Clock for Isolated {
    fn now(&self) -> Timestamp {
        call(&self.incidents, "Builder::clock", || self.clock.now(), Timestamp::now)
    }

    fn monotonic(&self) -> Duration {
        call(&self.incidents, "Builder::clock", || self.clock.monotonic(), clock::monotonic)
    }
}

/// Calls the program's callback. If it panics, calls the emitter's own instead.
fn call<T>(
    incidents: &Incidents,
    name: &'static str,
    given: impl FnOnce() -> T,
    own: impl FnOnce() -> T,
) -> T {
    isolation::caught(given).unwrap_or_else(|| {
        tell(incidents, name);
        own()
    })
}

/// Calls, from a `drop`, the callback that was passed to the function `name`. A second panic during
/// a drop would abort the process.
pub(crate) fn call_in_drop(name: &'static str, given: impl FnOnce()) {
    if isolation::caught(given).is_none()
        && let Some(emitter) = Emitter::current()
    {
        tell(&emitter.inner.incidents, name);
    }
}

#[cold]
fn tell(incidents: &Incidents, name: &'static str) {
    incidents.tell(Topic::CallbackPanicked { name }, || Incident::CallbackPanicked { name });
}
