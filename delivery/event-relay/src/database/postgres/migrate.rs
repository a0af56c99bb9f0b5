//! Makes the outbox's tables in PostgreSQL.

use super::Postgres;
use super::runtime::LIMIT;
use crate::database::fault::DatabaseFault;
use crate::database::row::Row;
use crate::database::value::Value;
use event_outbox::pending;
use event_outbox::sql::postgres::{
    HAS_SCHEMA_TABLE, LOCK, MIGRATED, MIGRATIONS, SCHEMA_TABLE, VERSION,
};
use std::ops::ControlFlow;
use std::time::Duration;

/// How long a step may take: a later one may build an index of a large table.
const LONGEST: Duration = Duration::from_secs(6 * 3_600);

impl Postgres {
    /// The version of the outbox's tables. 0 if there are none.
    pub(in crate::database) fn schema_version(&self) -> Result<u32, DatabaseFault> {
        let mut has_table = false;
        self.visit(HAS_SCHEMA_TABLE, &[], &mut |row: &Row<'_>| {
            has_table = row.flag(0)?;
            Ok(ControlFlow::Continue(()))
        })?;
        let mut version = 0;
        if has_table {
            self.visit(VERSION, &[], &mut |row: &Row<'_>| {
                version = row.small(0)?;
                Ok(ControlFlow::Continue(()))
            })?;
        }
        Ok(version)
    }

    /// Makes the tables, or brings older ones up to date, in one transaction. Returns their versions
    /// before and after.
    pub(in crate::database) fn migrate(&self) -> Result<(u32, u32), DatabaseFault> {
        let found = self.schema_version()?;
        let newer = |newer: event_outbox::NewerSchema| DatabaseFault::NewerTables {
            found: newer.found,
            known: newer.known,
        };
        if pending(MIGRATIONS, found).map_err(newer)?.is_empty() {
            return Ok((found, found));
        }
        self.limit.set(LONGEST);
        // Another program may migrate at the same time.
        self.begin(&format!("BEGIN; SET LOCAL statement_timeout = 0; {LOCK}"))?;
        let migrated = self.schema_version().and_then(|from| {
            let steps = pending(MIGRATIONS, from).map_err(newer)?;
            self.batch(SCHEMA_TABLE)?;
            for step in steps {
                self.batch(step.sql)?;
                self.execute(MIGRATED, &[Value::from(step.version), step.name.into()])?;
            }
            self.commit()?;
            Ok((from, steps.last().map_or(from, |step| step.version)))
        });
        if migrated.is_err() {
            self.roll_back();
        }
        self.limit.set(LIMIT);
        migrated
    }
}
