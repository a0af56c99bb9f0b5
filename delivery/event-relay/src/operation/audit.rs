//! Changes by hand, with their audit event.

use super::error::OperationError;
use crate::database::{Begin, Database, DatabaseError, Transaction};
use crate::events::Decision;
use event_core::Emitter;
use event_core::emit::RecordBuffer;
use event_core::record::OwnedRecord;

/// The person who changes something, and why. Both are in the audit event.
#[derive(Clone, Copy, Debug)]
pub struct Operator<'a> {
    /// Makes the audit event. Its sinks get the event after the commit.
    pub emitter: &'a Emitter,
    /// The person.
    pub by: &'a str,
    /// Why, in the person's own words.
    pub reason: Option<&'a str>,
}

impl<'a> Operator<'a> {
    pub(super) fn decision(&self) -> Decision<'a> {
        Decision { who: self.by.into(), reason: self.reason.map(Into::into) }
    }

    /// Runs `work` in a transaction, writes the audit events that it emits, and commits. If `work`
    /// returns an error, nothing is changed.
    pub(super) fn change<T>(
        &self,
        database: &mut Database,
        work: impl FnOnce(&Transaction<'_>, &mut RecordBuffer) -> Result<T, OperationError>,
    ) -> Result<T, OperationError> {
        let mut audit = self.emitter.buffer();
        let outcome = Self::commit(database, &mut audit, work);
        match outcome {
            Ok(_) => audit.flush(),
            Err(_) => audit.discard(),
        }
        outcome
    }

    fn commit<T>(
        database: &mut Database,
        audit: &mut RecordBuffer,
        work: impl FnOnce(&Transaction<'_>, &mut RecordBuffer) -> Result<T, OperationError>,
    ) -> Result<T, OperationError> {
        // A transaction that is dropped is rolled back.
        let tx = database.begin(Begin::Alone)?;
        let done = work(&tx, audit)?;
        if audit.records().is_empty() || audit.refused() > 0 {
            return Err(OperationError::NoAudit);
        }
        for record in audit.records() {
            write(&tx, record)?;
        }
        tx.commit()?;
        Ok(done)
    }
}

fn write(tx: &Transaction<'_>, record: &OwnedRecord) -> Result<(), DatabaseError> {
    let record = record.record();
    let envelope = String::from_utf8_lossy(record.envelope().trim_ascii_end()).into_owned();
    let sql = "INSERT INTO outbox_audit (recorded_at, event_type, envelope) VALUES (?1, ?2, ?3)";
    let (at, name) = (record.recorded_at(), record.meta().name.dotted);
    tx.execute(sql, &[at.into(), name.into(), (&envelope).into()])?;
    Ok(())
}
