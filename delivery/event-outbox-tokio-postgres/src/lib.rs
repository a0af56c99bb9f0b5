//! The outbox for PostgreSQL: a change and its domain events in one transaction of
//! [`tokio_postgres`].
//!
//! ```no_run
//! use event_core::{Emit, Emitter, events};
//! use event_outbox_tokio_postgres::{Error, Outbox, migrate};
//! use tokio_postgres::NoTls;
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
//!     let (mut client, connection) =
//!         tokio_postgres::connect("host=localhost user=shop", NoTls).await?;
//!     tokio::spawn(connection);
//!     migrate(&mut client).await?;
//!     let outbox = Outbox::new(Emitter::builder().service("shop").build());
//!
//!     outbox
//!         .transaction(&mut client, async |tx, events| {
//!             let sql = "INSERT INTO orders (items) VALUES ($1) RETURNING id";
//!             let order_id = tx.query_one(sql, &[&2_i32]).await?.get(0);
//!             OrderCreated { order_id }.emit_to(events);
//!             Ok::<_, Error>(())
//!         })
//!         .await
//! }
//! ```
//!
//! The guide's page on PostgreSQL goes from an empty server to a running relay, with a role for each
//! part: the role of a service needs no right to make tables if their owner calls [`migrate`].
//!
//! If the closure returns an error or panics, or the events cannot be written, the transaction is
//! rolled back, and neither the change nor the events exist. The same holds if the future is
//! dropped, by a timeout or because a client of the service hangs up. The emitter's sinks get the
//! records after the commit.
//!
//! Three forms, from the shortest:
//!
//! - [`Outbox::transaction`], with [`savepoint`] for parts that may fail alone;
//! - a transaction that the program begins and commits: [`Outbox::events`], [`flush`],
//!   [`Outbox::committed`]. With it, `Client::build_transaction` chooses the isolation level;
//! - `event-outbox` with an adapter of your own: see the example `own_adapter`.
//!
//! # Pools and handlers
//!
//! The client of a pool, such as `deadpool-postgres` or `bb8-postgres`, dereferences to the
//! driver's [`Client`](tokio_postgres::Client), so `&mut client` is all that it takes. The futures
//! are `Send` if yours are: a handler of `axum` may await them, and `tokio::spawn` takes them.
//!
//! ```
//! # use event_outbox_tokio_postgres::{Error, Outbox};
//! # use std::ops::{Deref, DerefMut};
//! # struct Pool;
//! # struct PoolClient(tokio_postgres::Client);
//! # impl Deref for PoolClient { type Target = tokio_postgres::Client; fn deref(&self) -> &Self::Target { &self.0 } }
//! # impl DerefMut for PoolClient { fn deref_mut(&mut self) -> &mut Self::Target { &mut self.0 } }
//! # impl Pool { async fn get(&self) -> Result<PoolClient, Error> { std::future::pending().await } }
//! async fn handler(pool: &Pool, outbox: &Outbox, order_id: i64) -> Result<u64, Error> {
//!     let mut client = pool.get().await?;
//!     outbox
//!         .transaction(&mut client, async |tx, _events| {
//!             // .. emit to `_events` ..
//!             Ok(tx.execute("UPDATE orders SET is_paid = true WHERE id = $1", &[&order_id]).await?)
//!         })
//!         .await
//! }
//!
//! # fn spawn(_: impl Future<Output = Result<u64, Error>> + Send + 'static) {}
//! # let (pool, outbox) = (Pool, Outbox::new(event_core::Emitter::builder().build()));
//! spawn(async move { handler(&pool, &outbox, 7).await });
//! ```
//!
//! # A lost connection
//!
//! If the connection is lost before the commit, PostgreSQL rolls the transaction back. If it is lost
//! while the commit is on its way, no program can know its outcome: the error is
//! [`Error::CommitUnknown`]. The change and its events are both in the database, or neither is, and
//! a relay delivers what is there. The emitter's sinks do not get the records. Before you repeat
//! the change, read whether it is there, or give the event a deduplication key.
//!
//! # TLS
//!
//! The connection is yours, and so is the choice of TLS. With the feature `server`, the module
//! `server` connects by a URL with the rule of event-relay: encrypted, and the certificate verified,
//! unless the server is this machine.
//!
//! # Statements
//!
//! The events of a transaction are one statement and one round trip, however many there are. The
//! statement is not prepared, so that poolers such as `PgBouncer` need no setting for it.
//! [`Outbox::prepared`] takes one that is.

mod bind;
mod error;
pub mod inbox;
mod migrate;
mod outbox;
mod savepoint;
#[cfg(feature = "server")]
pub mod server;

pub use bind::{PostgresTx, flush};
pub use error::Error;
pub use event_outbox::sql::postgres::INSERT;
pub use event_outbox::{Migrated, TxEvents};
pub use migrate::{migrate, schema_version};
pub use outbox::Outbox;
pub use savepoint::savepoint;
