//! The batches that are not answered.

use super::super::Batch;
use std::collections::BTreeMap;
use tokio::time::Instant;

/// A batch that is not answered. Of its events, one is with the server at a time.
pub(super) struct Flight {
    pub(super) batch: Batch,
    /// Which event of the batch is sent: the ones before are acknowledged.
    pub(super) at: usize,
    /// How many of the events before the server had already.
    pub(super) duplicates: usize,
    /// The bytes of the event, if it is sent. If not, it waits for a connection.
    pub(super) sent: Option<usize>,
    /// When it counts as lost.
    pub(super) until: Instant,
}

impl Flight {
    pub(super) const fn new(batch: Batch, until: Instant) -> Self {
        Self { batch, at: 0, duplicates: 0, sent: None, until }
    }
}

/// The flights by their numbers. A later number is not lost before an earlier one.
#[derive(Default)]
pub(super) struct Window {
    next: u64,
    flights: BTreeMap<u64, Flight>,
}

impl Window {
    /// The number of the next flight.
    pub(super) const fn next(&self) -> u64 {
        self.next
    }

    pub(super) fn add(&mut self, flight: Flight) {
        self.flights.insert(self.next, flight);
        self.next += 1;
    }

    pub(super) fn take(&mut self, number: u64) -> Option<Flight> {
        self.flights.remove(&number)
    }

    /// When the first flight counts as lost.
    pub(super) fn until(&self) -> Option<Instant> {
        self.flights.first_key_value().map(|(_, flight)| flight.until)
    }

    /// The first flight, if it counts as lost.
    pub(super) fn take_lost(&mut self, now: Instant) -> Option<Flight> {
        let first = self.flights.first_entry()?;
        (first.get().until <= now).then(|| first.remove())
    }

    /// The flights for which this is true, in their order.
    pub(super) fn take_all(&mut self, is_meant: impl Fn(&Flight) -> bool) -> Vec<Flight> {
        let meant = self.flights.iter().filter(|(_, flight)| is_meant(flight));
        let meant: Vec<u64> = meant.map(|(number, _)| *number).collect();
        meant.into_iter().filter_map(|number| self.flights.remove(&number)).collect()
    }
}
