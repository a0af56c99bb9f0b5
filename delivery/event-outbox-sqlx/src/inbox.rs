//! The inbox of a consumer: each message has its effect once.
//!
//! A relay delivers at least once, so a consumer sees a message again after a crash. The consumer
//! asks [`once`] in the transaction of the message's effect: the effect and the mark are committed
//! together.
//!
#![cfg_attr(feature = "postgres", doc = "```no_run")]
#![cfg_attr(not(feature = "postgres"), doc = "```ignore")]
//! # use event_core::EventId;
//! # use event_outbox_sqlx::{Error, inbox};
//! # async fn on_message(pool: &sqlx::PgPool, event_id: EventId) -> Result<(), Error> {
//! let mut tx = pool.begin().await?;
//! if inbox::once(&mut *tx, "invoices", "shop", event_id).await? {
//!     // .. write the invoice, in this transaction ..
//! }
//! tx.commit().await?;
//! # Ok(())
//! # }
//! ```

use crate::connection::OutboxConnection;
use crate::error::Error;
use event_core::{EventId, Timestamp};
use sqlx::{Acquire, Database};

/// Marks a message as seen, in an open transaction. Returns whether this is the first time.
///
/// `consumer` names the part of the service that has the effect: two consumers of one database see
/// the message once each. `source` names where the message is from: the `source` of a CloudEvent.
///
/// If another transaction has marked the message and is still open, this one waits for its end.
///
/// # Errors
///
/// If the database refuses the mark, or no transaction is open. Roll the transaction back.
pub async fn once<C: OutboxConnection>(
    tx: &mut C,
    consumer: &str,
    source: &str,
    event_id: EventId,
) -> Result<bool, Error> {
    tx.must_be_in_transaction().await?;
    let (event_id, now) = (event_id.to_string(), Timestamp::now().to_string());
    Ok(tx.mark([consumer, source, &event_id, &now]).await? == 1)
}

/// Forgets the messages that were seen before a time. Returns how many.
///
/// Keep them for longer than a message can be on its way: a message that is delivered again after
/// its mark is purged has its effect again.
///
/// # Errors
///
/// If the database refuses it.
pub async fn purge<'c, C, A>(source: A, before: Timestamp) -> Result<u64, Error>
where
    C: OutboxConnection,
    A: Acquire<'c, Database: Database<Connection = C>>,
{
    source.acquire().await?.forget(&before.to_string()).await
}
