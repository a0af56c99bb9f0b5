//! The database: a file of SQLite, with the shop's tables and the outbox.

use crate::problem::Problem;
use event_core::Context;
use event_outbox_rusqlite::{Outbox, TxEvents, migrate};
use event_relay::Waker;
use rusqlite::{Connection, Transaction};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

/// The shop's part of the database.
const TABLES: &str = "
CREATE TABLE IF NOT EXISTS orders (
    id TEXT PRIMARY KEY,
    item TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    is_paid INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS payments (
    charge_id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    amount_cents INTEGER NOT NULL
);";

/// How long a transaction waits for the relay, which writes its cursor into the same file.
const BUSY: Duration = Duration::from_secs(5);

/// The database. Transactions come one after the other, as SQLite would have it in any case.
#[derive(Clone, Debug)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
    outbox: Outbox,
}

impl Store {
    /// Opens the file, and makes the tables that are missing.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened, or is no database of this shop.
    pub fn open(path: &Path, outbox: Outbox) -> Result<Self, Problem> {
        let mut connection = Connection::open(path)?;
        // So that the relay reads while the shop writes.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.busy_timeout(BUSY)?;
        migrate(&mut connection)?;
        connection.execute_batch(TABLES)?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)), outbox })
    }

    /// Wakes a relay in this process after each commit.
    #[must_use]
    pub fn wakes(self, waker: Waker) -> Self {
        Self { outbox: self.outbox.on_commit(move || waker.wake()), ..self }
    }

    /// Runs `work` in a transaction, with what is bound here. Its events are written with it.
    ///
    /// The transaction is committed or rolled back also if the returned future is dropped.
    ///
    /// # Errors
    ///
    /// The error of `work`, or why the database refuses. Everything is then rolled back.
    pub async fn transaction<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &mut TxEvents) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let outbox = self.outbox.clone();
        let mut connection = Arc::clone(&self.connection).lock_owned().await;
        let context = Context::current();
        let done = spawn_blocking(move || {
            let _bound = context.enter();
            outbox.transaction(&mut connection, work)
        });
        done.await.unwrap_or(Err(Problem::Panicked))
    }

    /// Reads the database.
    ///
    /// # Errors
    ///
    /// The error of `work`.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let connection = Arc::clone(&self.connection).lock_owned().await;
        spawn_blocking(move || work(&connection)).await.unwrap_or(Err(Problem::Panicked))
    }
}
