//! A sink's place in an emitter: what it does wrong stays here.

use super::incident::{Incident, Incidents, Topic};
use super::report::SinkReport;
use crate::record::Record;
use crate::sink::Sink;
use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

const PANICKED: &str = "the sink panicked";

pub(super) struct Slot {
    sink: Box<dyn Sink>,
    name: String,
    /// Records that it did not take.
    failed: AtomicU64,
    /// Shared with what the sink tells of its errors.
    last_error: Arc<Mutex<Option<String>>>,
    flush_error: Mutex<Option<String>>,
}

/// Offers the record to the sinks from the place `from` on; an error or a panic of a sink is counted, and told once. Gives the place of one that panicked.
#[inline]
pub(super) fn write_all(slots: &[Slot], from: usize, record: &Record<'_>, incidents: &Incidents) -> Option<usize> {
    let place = Cell::new(from);
    let write_all = || {
        while let Some(slot) = slots.get(place.get()) {
            if let Err(error) = slot.sink.write(record) {
                slot.fail(place.get(), Some(error), incidents);
            }
            place.set(place.get() + 1);
        }
    };
    // A sink that panicked may be in any state; it is its own, and it is asked again.
    if catch_unwind(AssertUnwindSafe(write_all)).is_ok() {
        return None;
    }
    let panicked = slots.get(place.get())?;
    panicked.fail(place.get(), None, incidents);
    Some(place.get())
}

impl Slot {
    pub(super) fn new(sink: Box<dyn Sink>) -> Self {
        Self {
            name: sink.name(),
            sink,
            failed: AtomicU64::new(0),
            last_error: Arc::default(),
            flush_error: Mutex::default(),
        }
    }

    /// Hears of errors that the sink has outside of its calls; they are told once, with those of its calls.
    pub(super) fn listen(&self, place: usize, incidents: &Arc<Incidents>) {
        let (name, last_error, incidents) = (self.name.clone(), self.last_error.clone(), incidents.clone());
        self.sink.on_error(Arc::new(move |error| {
            set(&last_error, Some(error.to_string()));
            incidents.tell(Topic::SinkFailed { sink: place }, || Incident::SinkFailed {
                sink: name.clone(),
                error: error.to_string(),
            });
        }));
    }

    #[cold]
    fn fail(&self, place: usize, error: Option<io::Error>, incidents: &Incidents) {
        self.failed.fetch_add(1, Ordering::Relaxed);
        let sink = || self.name.clone();
        let why = error.as_ref().map_or_else(|| PANICKED.to_owned(), ToString::to_string);
        set(&self.last_error, Some(why));
        match error {
            Some(error) => incidents.tell(Topic::SinkFailed { sink: place }, || Incident::SinkFailed {
                sink: sink(),
                error: error.to_string(),
            }),
            None => incidents.tell(Topic::SinkPanicked { sink: place }, || Incident::SinkPanicked { sink: sink() }),
        }
    }

    /// Hands on what the sink has buffered.
    pub(super) fn flush(&self) -> io::Result<()> {
        let flushed = catch_unwind(AssertUnwindSafe(|| self.sink.flush()));
        let flushed = flushed.unwrap_or_else(|_| Err(io::Error::other(PANICKED)));
        let error = flushed.as_ref().err().map(ToString::to_string);
        self.set_flush_error(error);
        flushed
    }

    pub(super) fn set_flush_error(&self, error: Option<String>) {
        set(&self.flush_error, error);
    }

    /// What became of the `offered` records.
    pub(super) fn report(&self, offered: u64) -> SinkReport {
        let losses = self.sink.losses();
        let failed = self.failed.load(Ordering::Relaxed) + losses.failed;
        let missing = failed + losses.dropped + losses.waiting + losses.filtered;
        SinkReport {
            name: self.name.clone(),
            delivered: offered.saturating_sub(missing),
            failed,
            dropped: losses.dropped,
            waiting: losses.waiting,
            filtered: losses.filtered,
            last_error: get(&self.last_error),
            flush_error: get(&self.flush_error),
        }
    }
}

fn set(place: &Mutex<Option<String>>, error: Option<String>) {
    *place.lock().unwrap_or_else(PoisonError::into_inner) = error;
}

fn get(place: &Mutex<Option<String>>) -> Option<String> {
    place.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
