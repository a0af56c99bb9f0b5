//! A sink's place in an emitter. The sink's faults do not leave it.

use super::attempts::Attempts;
use super::incident::{Incident, Incidents, Topic};
use super::report::SinkReport;
use crate::record::Record;
use crate::record::nesting;
use crate::sink::{Losses, Sink};
use crate::value::isolation;
use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

const PANICKED: &str = "the sink panicked";

pub(super) struct Slot {
    sink: Box<dyn Sink>,
    /// The sink's index, from 0.
    place: usize,
    name: String,
    /// The counters that the sink keeps itself. They are read here, so that a report never waits
    /// for the sink.
    losses: Losses,
    /// Whether the sink asks for typed members.
    pub(super) wants_members: bool,
    /// Records that the sink did not take.
    failed: AtomicU64,
    /// Records that the sink emitted itself, and therefore did not get.
    own: AtomicU64,
    /// Shared with the listener of the sink's errors.
    last_error: Arc<Mutex<Option<String>>>,
    pub(super) flushes: Attempts,
}

/// Offers the record to the sinks. An error or a panic of a sink is counted, and reported once.
#[inline]
pub(super) fn write_all(slots: &[Slot], record: &Record<'_>, incidents: &Arc<Incidents>) {
    let write_all = || {
        for slot in slots {
            nesting::calling(slot.mark());
            if let Err(error) = slot.sink.write(record) {
                slot.fail(error, incidents);
            }
        }
    };
    if isolation::caught(write_all).is_none() {
        pass_over(slots, record, incidents);
    }
}

/// Offers the record to the sinks after the one that panicked. The state of a sink after a panic is
/// its own matter; it still gets later records.
#[cold]
#[inline(never)]
fn pass_over(slots: &[Slot], record: &Record<'_>, incidents: &Incidents) {
    let mut slots = slots.iter().skip_while(|slot| !nesting::is_calling(slot.mark()));
    if let Some(panicked) = slots.next() {
        panicked.fail_by_panic(incidents);
    }
    slots.for_each(|slot| slot.write(record, incidents));
}

/// Like [`write_all`], for a record that was emitted within another emission on this thread, by a
/// sink or by other called code. A sink that is being called does not get the record.
#[cold]
#[inline(never)]
pub(super) fn write_nested(slots: &[Slot], record: &Record<'_>, incidents: &Incidents) {
    for slot in slots {
        if slot.is_within() {
            slot.own.fetch_add(1, Ordering::Relaxed);
            incidents.tell(Topic::SinkEmits { sink: slot.place }, || Incident::SinkEmits {
                sink: slot.name.clone(),
            });
        } else {
            slot.write(record, incidents);
        }
    }
}

impl Slot {
    /// Asks the sink for its constant properties, and listens for errors that it has outside of its
    /// calls. Those errors share a topic with the errors of its calls, so they are reported once.
    pub(super) fn new(place: usize, sink: Box<dyn Sink>, incidents: &Arc<Incidents>) -> Self {
        let name = isolation::caught(|| sink.name());
        let losses = isolation::caught(|| sink.losses());
        let wants_members = isolation::caught(|| sink.wants_members());
        let panicked_in = [
            (name.is_none(), "name"),
            (losses.is_none(), "losses"),
            (wants_members.is_none(), "wants_members"),
        ];
        let slot = Self {
            sink,
            place,
            name: name.unwrap_or_else(|| format!("#{}", place + 1)),
            losses: losses.unwrap_or_default(),
            wants_members: wants_members.unwrap_or_default(),
            failed: AtomicU64::new(0),
            own: AtomicU64::new(0),
            last_error: Arc::default(),
            flushes: Attempts::default(),
        };
        let panicked_in =
            panicked_in.into_iter().filter(|(panicked, _)| *panicked).map(|(_, call)| call);
        for call in panicked_in.chain(slot.listen(incidents).err()) {
            slot.tell_panic(call, incidents);
        }
        slot
    }

    fn listen(&self, incidents: &Arc<Incidents>) -> Result<(), &'static str> {
        let (place, name) = (self.place, self.name.clone());
        let (last_error, incidents) = (self.last_error.clone(), incidents.clone());
        let listener = Arc::new(move |error: &io::Error| {
            let error = isolation::text_of(error);
            set(&last_error, Some(error.clone()));
            incidents.tell(Topic::SinkFailed { sink: place }, || Incident::SinkFailed {
                sink: name.clone(),
                error,
            });
        });
        isolation::caught(|| self.sink.on_error(listener)).ok_or("on_error")
    }

    /// Identifies the sink among all sinks: see [`nesting`].
    fn mark(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    /// Whether this thread is within a call of the sink, or of a sink that it wraps.
    fn is_within(&self) -> bool {
        nesting::is_within(self.mark()) || self.losses.marks().any(nesting::is_within)
    }

    fn write(&self, record: &Record<'_>, incidents: &Incidents) {
        nesting::calling(self.mark());
        match isolation::caught(|| self.sink.write(record)) {
            Some(Ok(())) => {}
            Some(Err(error)) => self.fail(error, incidents),
            None => self.fail_by_panic(incidents),
        }
    }

    #[cold]
    fn fail(&self, error: io::Error, incidents: &Incidents) {
        self.failed.fetch_add(1, Ordering::Relaxed);
        let why = isolation::text_of(&error);
        set(&self.last_error, Some(why.clone()));
        incidents.tell(Topic::SinkFailed { sink: self.place }, || Incident::SinkFailed {
            sink: self.name.clone(),
            error: why,
        });
        isolation::let_go(error);
    }

    #[cold]
    fn fail_by_panic(&self, incidents: &Incidents) {
        self.failed.fetch_add(1, Ordering::Relaxed);
        set(&self.last_error, Some(PANICKED.to_owned()));
        self.tell_panic("write", incidents);
    }

    fn tell_panic(&self, call: &'static str, incidents: &Incidents) {
        let topic = Topic::SinkPanicked { sink: self.place, call };
        incidents.tell(topic, || Incident::SinkPanicked { sink: self.name.clone(), call });
    }

    /// Flushes what the sink has buffered.
    pub(super) fn flush(&self) -> io::Result<()> {
        self.flush_as(self.flushes.begin())
    }

    /// Like [`Self::flush`], for an attempt that has begun.
    pub(super) fn flush_as(&self, attempt: u64) -> io::Result<()> {
        let flushed = self.call_flush();
        self.flushes.end(attempt, flushed.as_ref().err().map(isolation::text_of));
        flushed
    }

    fn call_flush(&self) -> io::Result<()> {
        // A sink that flushes itself from within one of its calls would deadlock.
        let Some(_emission) = nesting::begin().filter(|_| !self.is_within()) else {
            return Err(ErrorKind::Deadlock.into());
        };
        nesting::calling(self.mark());
        isolation::caught(|| self.sink.flush()).unwrap_or_else(|| Err(io::Error::other(PANICKED)))
    }

    /// What happened to the `offered` records. Does not call the sink.
    pub(super) fn report(&self, offered: u64) -> SinkReport {
        let (dropped, waiting) = (self.losses.dropped(), self.losses.waiting());
        let failed = self.failed.load(Ordering::Relaxed) + self.losses.failed();
        let filtered = self.own.load(Ordering::Relaxed) + self.losses.filtered();
        SinkReport {
            name: self.name.clone(),
            delivered: offered.saturating_sub(failed + dropped + waiting + filtered),
            failed,
            dropped,
            waiting,
            filtered,
            last_error: self.last_error.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            flush_error: self.flushes.error(),
        }
    }
}

fn set(place: &Mutex<Option<String>>, error: Option<String>) {
    *place.lock().unwrap_or_else(PoisonError::into_inner) = error;
}
