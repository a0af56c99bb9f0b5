//! Questions to the outbox of domain events: what happened to an entity, how many get through a
//! process, what happened twice, what has begun and not ended, which changes have no event, and
//! what the state was.
//!
//! The outbox keeps its events, so it answers without another system. A query is a value; a
//! connection of a driver runs it:
//!
//! ```
//! use event_core::{Emit, catalog, events};
//! use event_store::{StoredEntity, duplicates, funnel, sqlite, timeline};
//!
//! events!(
//!     #[domain]
//!     pub enum Order { Payment }
//!
//!     #[event(info)]
//!     pub struct OrderPaymentStarted { #[entity] pub order_id: String }
//!     #[event(info)]
//!     pub struct OrderPaymentCompleted { #[entity] pub order_id: String, pub amount_cents: i64 }
//!     #[event(error)]
//!     pub struct OrderPaymentFailed { #[entity] pub order_id: String }
//! );
//!
//! catalog! { pub enum ShopEvent { Order(Order) } }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let emitter = event_core::Emitter::builder().build();
//! # let mut connection = rusqlite::Connection::open_in_memory()?;
//! # event_outbox_rusqlite::migrate(&mut connection)?;
//! # let outbox = event_outbox_rusqlite::Outbox::new(emitter);
//! # outbox.transaction(&mut connection, |_, events| {
//! #     let order_id = "ord_9f2c8a".to_owned();
//! #     OrderPaymentStarted { order_id: order_id.clone() }.emit_to(events);
//! #     OrderPaymentCompleted { order_id: order_id.clone(), amount_cents: 4_999 }.emit_to(events);
//! #     OrderPaymentCompleted { order_id, amount_cents: 4_999 }.emit_to(events);
//! #     Ok::<_, event_outbox_rusqlite::Error>(())
//! # })?;
//! // What happened to the order? Each row has the decoded event.
//! let order = StoredEntity::new("order", "ord_9f2c8a");
//! let timeline = sqlite::all(&connection, &timeline(order, ShopEvent::decode))?;
//! assert_eq!(timeline[0].event_type, "order.payment.started");
//! assert!(matches!(timeline[1].event, Ok(ShopEvent::Order(OrderEvent::PaymentCompleted(_)))));
//!
//! // Which orders were charged twice?
//! let twice = sqlite::all(&connection, &duplicates::<OrderPaymentCompleted>())?;
//! assert_eq!((&twice[0].key[1], twice[0].events), (&"ord_9f2c8a".into(), 2));
//!
//! // How many orders are paid? A misspelt step does not compile.
//! let steps = funnel::<(OrderPaymentStarted, OrderPaymentCompleted)>();
//! let steps = sqlite::all(&connection, &steps)?;
//! assert_eq!((steps[1].entities, steps[1].percent.as_deref()), (1, Some("100.00")));
//! # Ok(())
//! # }
//! ```
//!
//! # Drivers
//!
//! | feature | module | asks on |
//! | --- | --- | --- |
//! | `rusqlite` | `sqlite` | a `Connection` |
//! | `tokio-postgres` | `postgres` | a `Client` or a `Transaction` |
//! | `sqlx-sqlite`, `sqlx-postgres` | `pool` | a pool or a connection of sqlx; needs Rust 1.94, as sqlx does |
//!
//! Each gives the rows one at a time, and memory does not grow with the answer. For another driver,
//! run [`Query::statement`] with its parameters, and give each row to [`Query::item`]: the
//! statements select whole numbers and texts only.
//!
//! # The order of events
//!
//! All queries order events by `seq`, the number that the database gave them. It does not depend on
//! the clocks of the writers; `occurred_at` does. In PostgreSQL, events of *different* transactions
//! may be numbered in another order than they are committed. The order within an entity is right
//! for writers that lock the entity, or check its version, as the guide's page on delivery says.

#[cfg(any(feature = "tokio-postgres", feature = "sqlx-sqlite", feature = "sqlx-postgres"))]
mod answer;
mod dialect;
mod entity;
mod error;
#[cfg(any(feature = "sqlx-sqlite", feature = "sqlx-postgres"))]
pub mod pool;
#[cfg(feature = "tokio-postgres")]
pub mod postgres;
mod query;
mod row;
#[cfg(feature = "rusqlite")]
pub mod sqlite;
mod statement;
mod step;
mod stored;

#[cfg(any(feature = "tokio-postgres", feature = "sqlx-sqlite", feature = "sqlx-postgres"))]
pub use answer::Answer;
pub use dialect::StoreDialect;
pub use entity::StoredEntity;
pub use error::Error;
pub use query::{
    Duplicate, DuplicateKey, Duplicates, EntityState, Funnel, FunnelStep, Hole, Holes, Query,
    StateAt, Stuck, Timeline, duplicates, funnel, holes, state_at, stuck, timeline,
};
pub use row::{Cell, Row, UnreadableRow};
pub use statement::{Parameter, Statement};
pub use step::{EventStep, Steps};
pub use stored::{Decoder, StoredEvent};
