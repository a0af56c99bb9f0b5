//! The data that the clones of a recorder share.

use super::Recorded;
use super::coverage::{self, Covered};
use crate::emit::Incident;
use crate::record::Record;
use crate::sink::Sink;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

#[derive(Default)]
pub(super) struct Kept {
    records: Mutex<Vec<Recorded>>,
    incidents: Mutex<Vec<Incident>>,
    covered: Mutex<Covered>,
}

/// A poisoned lock is used, because the data is complete even after a panic.
fn lock<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Kept {
    pub(super) fn records(&self) -> Vec<Recorded> {
        lock(&self.records).clone()
    }

    pub(super) fn incidents(&self) -> Vec<Incident> {
        lock(&self.incidents).clone()
    }

    pub(super) fn keep_incident(&self, incident: &Incident) {
        lock(&self.incidents).push(incident.clone());
    }

    pub(super) fn clear(&self) {
        lock(&self.records).clear();
    }
}

impl Sink for Kept {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        if coverage::is_asked_for() {
            lock(&self.covered).add(record.meta(), record.level());
        }
        lock(&self.records).push(Recorded::of(record));
        Ok(())
    }

    fn name(&self) -> String {
        "Recorder".to_owned()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let covered = self.covered.get_mut().unwrap_or_else(PoisonError::into_inner);
        coverage::report(std::mem::take(covered));
    }
}
