//! The outbox for SQLite: a change and its domain events in one transaction.
//!
//! ```
//! use event_core::{Emit, Emitter, events};
//! use event_outbox_rusqlite::{Error, Outbox, migrate};
//! use rusqlite::Connection;
//!
//! events!(
//!     /// Orders.
//!     #[domain(optional(action))]
//!     pub enum Order {}
//!
//!     /// An order was placed.
//!     #[event(info)]
//!     pub struct OrderCreated {
//!         /// The order.
//!         #[entity]
//!         pub order_id: i64,
//!     }
//! );
//!
//! # fn main() -> Result<(), Error> {
//! let mut connection = Connection::open_in_memory()?;
//! migrate(&mut connection)?;
//! connection.execute_batch("CREATE TABLE orders (id INTEGER PRIMARY KEY, items INTEGER)")?;
//! let outbox = Outbox::new(Emitter::builder().service("shop").build());
//!
//! let order_id = outbox.transaction(&mut connection, |tx, events| {
//!     tx.execute("INSERT INTO orders (items) VALUES (?1)", [2])?;
//!     let order_id = tx.last_insert_rowid();
//!     OrderCreated { order_id }.emit_to(events);
//!     Ok::<_, Error>(order_id)
//! })?;
//!
//! let sql = "SELECT event_type, entity_id FROM domain_events";
//! let row = connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
//! assert_eq!(row, ("order.created".to_owned(), order_id.to_string()));
//! # Ok(())
//! # }
//! ```
//!
//! If the closure returns an error or panics, or the events cannot be written, the transaction is
//! rolled back, and neither the change nor the events exist. The emitter's sinks get the records
//! after the commit.
//!
//! Three forms, from the shortest:
//!
//! - [`Outbox::transaction`], with [`savepoint`] for parts that may fail alone;
//! - a transaction that the program begins and commits: [`Outbox::events`], [`flush`],
//!   [`Outbox::committed`];
//! - `event-outbox` with an adapter of your own: see the example `own_adapter`.
//!
//! # Errors
//!
//! Return the first error of a transaction. SQLite rolls a transaction back by itself after some
//! errors, a full disk among them, and then runs each statement by itself: a closure that goes on
//! after such an error has its later changes committed one by one. Its events are refused then
//! ([`Error::NoTransaction`]).
//!
//! # Journal and durability
//!
//! Use WAL (`PRAGMA journal_mode = WAL`), so that a relay reads while the service writes, and set
//! `busy_timeout`. With `PRAGMA synchronous = FULL`, what is committed survives a loss of power.
//! With `NORMAL`, the last commits may be lost with the power. A change and its event are lost
//! together, because they are one transaction.

mod bind;
mod error;
pub mod inbox;
mod migrate;
mod outbox;
mod savepoint;

pub use bind::{SqliteTx, flush};
pub use error::Error;
pub use event_outbox::{Migrated, TxEvents};
pub use migrate::{migrate, schema_version};
pub use outbox::Outbox;
pub use savepoint::savepoint;
