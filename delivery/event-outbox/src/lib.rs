//! Domain events in the transaction of the change that they tell of.
//!
//! A service that commits a change and then publishes an event loses the event if it stops between
//! the two. An outbox writes the event into a table of the same database, in the same transaction:
//! both are committed, or neither is. A relay publishes the table's rows later
//! (`event-relay`). Code that emits never talks to the network.
//!
//! This crate has no database driver and no asynchronous code. It has:
//!
//! - [`TxEvents`], the events of one transaction, and [`OutboxRow`], an event as a row;
//! - the SQL of the tables and of the insert ([`sql`]), and their migrations ([`MigrationStep`]);
//! - the traits that an adapter implements: [`OutboxTx`], and [`AsyncOutboxTx`] for asynchronous
//!   drivers; and what adapters share: [`OutboxEmitter`], [`TxScope`], and [`arrays`], the
//!   parameters of the insert for PostgreSQL.
//!
//! # Three ways to use it
//!
//! **A closure.** `event-outbox-rusqlite` is the adapter for SQLite, `event-outbox-tokio-postgres` for
//! PostgreSQL, `event-outbox-sqlx` for both through sqlx. `Outbox::transaction` begins the
//! transaction, flushes the events and commits:
//!
//! ```text
//! outbox.transaction(&mut connection, |tx, events| {
//!     tx.execute("INSERT INTO orders ..", ..)?;
//!     OrderCreated { order_id }.emit_to(events);
//!     Ok::<_, Error>(())
//! })?;
//! ```
//!
//! **By hand.** A transaction that the program begins and commits itself has four steps: make the
//! [`TxEvents`], emit to them, [flush](TxEvents::flush) last, and call
//! [`committed`](TxEvents::committed) or [`rolled_back`](TxEvents::rolled_back) when the outcome is
//! known. The example below does it.
//!
//! **An adapter of your own.** For another driver, implement one method. `append` binds the
//! [values](OutboxRow::values) of each row to the parameters of the insert, in their order:
//!
//! ```
//! use event_outbox::{Inserted, OutboxRow, OutboxTx, TxEvents, Value, sql};
//! # use event_core::Emitter;
//! # struct Driver(Vec<Vec<String>>);
//! # impl Driver { fn execute(&mut self, _: &str, row: Vec<String>) -> Result<u64, std::io::Error> { self.0.push(row); Ok(1) } }
//!
//! struct MyTx<'a>(&'a mut Driver);
//!
//! impl OutboxTx for MyTx<'_> {
//!     type Error = std::io::Error;
//!
//!     fn append(&mut self, rows: &[OutboxRow<'_>]) -> Result<Inserted, Self::Error> {
//!         let mut written = Vec::new();
//!         for row in rows {
//!             let values = row.values().map(|value| match value {
//!                 Value::Null => "NULL".to_owned(),
//!                 Value::Integer(number) => number.to_string(),
//!                 Value::Text(text) => text.to_owned(),
//!                 Value::Id(id) => id.to_string(),
//!                 Value::Time(time) => time.to_string(),
//!             });
//!             // 0 rows: an event with this deduplication key is in the table.
//!             if self.0.execute(sql::sqlite::INSERT, values.to_vec())? == 1 {
//!                 written.push(row.event_id);
//!             }
//!         }
//!         Ok(Inserted::Only(written))
//!     }
//! }
//!
//! # let mut driver = Driver(Vec::new());
//! # let emitter = Emitter::builder().build();
//! let mut events = TxEvents::new(&emitter);
//! // .. the transaction emits: `OrderPlaced { .. }.emit_to(&mut events)` ..
//! let flushed = events.flush(&mut MyTx(&mut driver))?;
//! // .. commit ..
//! events.committed();
//! # assert_eq!((flushed.written, flushed.duplicates), (0, 0));
//! # Ok::<(), event_outbox::FlushError<std::io::Error>>(())
//! ```
//!
//! The example `own_adapter` of `event-outbox-rusqlite` is an adapter in full, with the tables; that of
//! `event-outbox-tokio-postgres` is an asynchronous one.
//!
//! An adapter whose connection can be without a transaction must check that one is open: a row that
//! is inserted without one is committed, whatever becomes of the change.
//!
//! # What an event costs
//!
//! A transaction with an event writes one more row, and an entry in each index that has the row:
//! entity, type, deduplication key. `cargo bench -p event-benches --bench delivery` prints it beside
//! the change alone.

mod adapter;
mod arrays;
mod emitter;
mod events;
mod flush;
mod migration;
mod row;
mod scope;
pub mod sql;

pub use adapter::{AsyncOutboxTx, Inserted, OutboxTx};
pub use arrays::{Array, NulCharacter, arrays};
pub use emitter::OutboxEmitter;
pub use events::{Savepoint, TxEvents};
pub use flush::{FlushError, Flushed};
pub use migration::{Migrated, MigrationStep, NewerSchema, pending};
pub use row::{OutboxRow, Value};
pub use scope::TxScope;
