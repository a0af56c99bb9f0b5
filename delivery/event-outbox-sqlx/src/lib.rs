//! The outbox for PostgreSQL and SQLite through [`sqlx`]: a change and its domain events in one
//! transaction.
//!
//! The features `postgres` and `sqlite` choose the database. Without one of them the crate is empty.
//! The runtime and TLS are those that your own dependency on `sqlx` chooses:
//!
//! ```toml
//! sqlx = { version = "0.9", features = ["postgres", "runtime-tokio", "tls-rustls"] }
//! ```
//!
#![cfg_attr(feature = "sqlite", doc = "```no_run")]
#![cfg_attr(not(feature = "sqlite"), doc = "```ignore")]
//! use event_core::{Emit, Emitter, events};
//! use event_outbox_sqlx::{Error, Outbox, migrate};
//! use sqlx::SqlitePool;
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
//! #[tokio::main]
//! async fn main() -> Result<(), Error> {
//!     let pool = SqlitePool::connect("sqlite:shop.db").await?;
//!     migrate(&pool).await?;
//!     let outbox = Outbox::new(Emitter::builder().service("shop").build());
//!
//!     outbox
//!         .transaction(&pool, async |tx, events| {
//!             let sql = "INSERT INTO orders (items) VALUES (2) RETURNING id";
//!             let order_id = sqlx::query_scalar(sql).fetch_one(&mut *tx).await?;
//!             OrderCreated { order_id }.emit_to(events);
//!             Ok::<_, Error>(())
//!         })
//!         .await
//! }
//! ```
//!
//! If the closure returns an error or panics, or the events cannot be written, the transaction is
//! rolled back, and neither the change nor the events exist. The same holds if the future is
//! dropped, by a timeout or because a client of the service hangs up. The emitter's sinks get the
//! records after the commit. The futures are `Send` if yours are.
//!
//! Three forms, from the shortest:
//!
//! - [`Outbox::transaction`], with [`savepoint`] for parts that may fail alone;
//! - a transaction that the program begins and commits: [`Outbox::events`], [`flush`],
//!   [`Outbox::committed`]. A test that rolls everything back has this form;
//! - `event-outbox` with an adapter of your own.
//!
//! # A lost connection
//!
//! If the connection is lost before the commit, PostgreSQL rolls the transaction back. If it is lost
//! while the commit is on its way, no program can know its outcome: the error is
//! [`Error::CommitUnknown`]. The change and its events are both in the database, or neither is, and
//! a relay delivers what is there. The emitter's sinks do not get the records. Before you repeat
//! the change, read whether it is there, or give the event a deduplication key.
//!
//! # PostgreSQL
//!
//! With `PgPool`, the code above is the same. The guide's page on PostgreSQL goes from an empty
//! server to a running relay, with a role for each part.
//!
//! # SQLite
//!
//! [`Outbox::transaction`] begins with `BEGIN IMMEDIATE`. Begin a transaction of your own by
//! `begin_with("BEGIN IMMEDIATE")`: one that reads first and writes later fails if another one has
//! written between the two. Use WAL, and set `busy_timeout`.
#![cfg_attr(
    not(any(feature = "postgres", feature = "sqlite")),
    allow(rustdoc::broken_intra_doc_links, reason = "the crate is empty without a database")
)]
#![cfg(any(feature = "postgres", feature = "sqlite"))]

mod connection;
mod error;
pub mod inbox;
mod migrate;
mod outbox;
#[cfg(feature = "postgres")]
mod postgres;
mod savepoint;
#[cfg(feature = "sqlite")]
mod sqlite;

pub use connection::{OutboxConnection, SqlxTx, flush};
pub use error::Error;
pub use event_outbox::{Migrated, TxEvents};
pub use migrate::{migrate, schema_version};
pub use outbox::Outbox;
pub use savepoint::savepoint;
