//! The outbox in PostgreSQL.
//!
//! A connection has a runtime of its own, for one thread, and each use of it blocks with a limit: a
//! server that answers no more must not hold the relay for ever. A connection that is lost, or does
//! not answer, is thrown away; the next statement makes a new one. A statement of a transaction
//! never runs on another connection than the statements before it.

mod connect;
mod fault;
mod migrate;
mod pipeline;
mod runtime;
mod values;

pub(super) use values::cell;

use super::access::Access;
use super::fault::DatabaseFault;
use super::row::Row;
use super::value::Value;
use connect::Session;
use event_outbox_tokio_postgres::server::ServerUrl;
use fault::of_statement;
use futures_util::TryStreamExt;
use runtime::{LIMIT, OwnRuntime};
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::pin::pin;
use std::time::Duration;

/// A connection to a server.
pub(super) struct Postgres {
    runtime: OwnRuntime,
    location: ServerUrl,
    access: Access,
    /// `None` before the first use, and after the connection was lost.
    session: RefCell<Option<Session>>,
    /// How many connections were made.
    sessions: Cell<u64>,
    is_in_transaction: Cell<bool>,
    /// How long a use of the connection may take.
    limit: Cell<Duration>,
}

impl Postgres {
    /// Connects to a server.
    pub(super) fn open(location: &ServerUrl, access: Access) -> Result<Self, DatabaseFault> {
        let postgres = Self {
            runtime: OwnRuntime::new()?,
            location: location.clone(),
            access,
            session: RefCell::new(None),
            sessions: Cell::new(0),
            is_in_transaction: Cell::new(false),
            limit: Cell::new(LIMIT),
        };
        postgres.with(async |_| Ok(()))?;
        Ok(postgres)
    }

    pub(super) const fn sessions(&self) -> u64 {
        self.sessions.get()
    }

    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, DatabaseFault> {
        self.with(async |session| {
            let statement = session.prepared(sql).await?;
            let executed = session.client.execute_raw(&statement, values.iter().copied()).await;
            executed.map_err(|error| of_statement(&error))
        })
    }

    pub(super) fn execute_each(
        &self,
        sql: &str,
        rows: &[Vec<Value<'_>>],
    ) -> Result<Vec<u64>, DatabaseFault> {
        let mut changed = Vec::with_capacity(rows.len());
        for rows in rows.chunks(pipeline::ROWS) {
            changed.extend(self.with(async |session| {
                let statement = session.prepared(sql).await?;
                pipeline::execute(&session.client, &statement, rows).await
            })?);
        }
        Ok(changed)
    }

    pub(super) fn visit(
        &self,
        sql: &str,
        values: &[Value<'_>],
        look: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, DatabaseFault>,
    ) -> Result<(), DatabaseFault> {
        self.with(async |session| {
            let statement = session.prepared(sql).await?;
            let rows = session.client.query_raw(&statement, values.iter().copied()).await;
            let mut rows = pin!(rows.map_err(|error| of_statement(&error))?);
            while let Some(row) = rows.try_next().await.map_err(|error| of_statement(&error))? {
                if look(&Row::postgres(&row))?.is_break() {
                    break;
                }
            }
            Ok(())
        })
    }

    /// Begins a transaction, by one or several statements.
    pub(super) fn begin(&self, sql: &str) -> Result<(), DatabaseFault> {
        let begun = self.batch(sql);
        self.is_in_transaction.set(true);
        if begun.is_err() {
            // It may have begun, and then not have got a lock.
            self.roll_back();
        }
        begun
    }

    pub(super) fn commit(&self) -> Result<(), DatabaseFault> {
        let committed = self.batch("COMMIT");
        if committed.is_ok() {
            self.is_in_transaction.set(false);
        }
        committed
    }

    /// Ends the transaction. If the connection is lost, the server has ended it.
    pub(super) fn roll_back(&self) {
        // Not in one condition with the statement: it would borrow the session twice.
        let is_connected = self.session.borrow().is_some();
        if is_connected && self.batch("ROLLBACK").is_err() {
            // What state it is in is not known.
            self.session.take();
        }
        self.is_in_transaction.set(false);
    }

    /// Runs statements without parameters.
    fn batch(&self, sql: &str) -> Result<(), DatabaseFault> {
        self.with(async |session| {
            session.client.batch_execute(sql).await.map_err(|error| of_statement(&error))
        })
    }

    /// Uses the connection, or a new one if it was lost.
    fn with<T>(
        &self,
        work: impl AsyncFnOnce(&mut Session) -> Result<T, DatabaseFault>,
    ) -> Result<T, DatabaseFault> {
        let mut session = self.session()?;
        let done = self.runtime.block_on(self.limit.get(), work(&mut session));
        let is_lost = session.client.is_closed()
            || done.as_ref().is_err_and(DatabaseFault::is_of_the_connection);
        if !is_lost {
            self.session.replace(Some(session));
        }
        done
    }

    fn session(&self) -> Result<Session, DatabaseFault> {
        match self.session.take().filter(|session| !session.client.is_closed()) {
            Some(session) => Ok(session),
            None if self.is_in_transaction.get() => Err(DatabaseFault::ConnectionLost),
            None => {
                let connected = connect::session(&self.location, self.access);
                let session = self.runtime.block_on(connect::LIMIT, connected)?;
                self.sessions.set(self.sessions.get() + 1);
                Ok(session)
            }
        }
    }
}
