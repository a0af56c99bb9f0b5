//! The inbox of a consumer: each message has its effect once.
//!
//! A relay delivers at least once, so a consumer sees a message again after a crash. The consumer
//! asks [`once`] in the transaction of the message's effect: the effect and the mark are committed
//! together.
//!
//! ```no_run
//! # use event_core::EventId;
//! # use event_outbox_tokio_postgres::{Error, inbox};
//! # async fn on_message(client: &mut tokio_postgres::Client, event_id: EventId) -> Result<(), Error> {
//! let tx = client.transaction().await?;
//! if inbox::once(&tx, "invoices", "shop", event_id).await? {
//!     // .. write the invoice, in this transaction ..
//! }
//! tx.commit().await?;
//! # Ok(())
//! # }
//! ```

use crate::error::Error;
use event_core::{EventId, Timestamp};
use event_outbox::sql;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Transaction};

/// Marks a message as seen, in an open transaction. Returns whether this is the first time.
///
/// `consumer` names the part of the service that has the effect: two consumers of one database see
/// the message once each. `source` names where the message is from: the `source` of a CloudEvent.
///
/// If another transaction has marked the message and is still open, this one waits for its end.
///
/// # Errors
///
/// If PostgreSQL refuses the mark. Roll the transaction back.
pub async fn once(
    tx: &Transaction<'_>,
    consumer: &str,
    source: &str,
    event_id: EventId,
) -> Result<bool, Error> {
    let (event_id, now) = (event_id.to_string(), Timestamp::now().to_string());
    let parameters = [text(&consumer), text(&source), text(&event_id), text(&now)];
    Ok(tx.execute_typed(sql::postgres::INBOX_ONCE, &parameters).await? == 1)
}

/// Forgets the messages that were seen before a time. Returns how many.
///
/// Keep them for longer than a message can be on its way: a message that is delivered again after
/// its mark is purged has its effect again.
///
/// # Errors
///
/// If PostgreSQL refuses it.
pub async fn purge(client: &Client, before: Timestamp) -> Result<u64, Error> {
    let before = before.to_string();
    Ok(client.execute_typed(sql::postgres::INBOX_PURGE, &[text(&before)]).await?)
}

fn text<T: ToSql + Sync>(text: &T) -> (&(dyn ToSql + Sync), Type) {
    (text, Type::TEXT)
}
