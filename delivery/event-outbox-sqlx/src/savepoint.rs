//! Savepoints: parts of a transaction that can be rolled back alone, with their events.

use crate::connection::OutboxConnection;
use crate::error::Error;
use event_outbox::{TxEvents, TxScope};

/// Runs `work` in a savepoint of an open transaction. If `work` returns an error or panics, or the
/// future is dropped, its changes and its events are rolled back, and the transaction can go on.
/// Savepoints can be nested.
///
#[cfg_attr(feature = "postgres", doc = "```no_run")]
#[cfg_attr(not(feature = "postgres"), doc = "```ignore")]
/// # use event_outbox_sqlx::{Error, Outbox, savepoint};
/// # async fn example(outbox: &Outbox, pool: &sqlx::PgPool) -> Result<(), Error> {
/// outbox
///     .transaction(pool, async |tx, events| {
///         let reserved = savepoint(tx, events, async |tx, _events| {
///             let sql = "UPDATE stock SET count = count - 1 WHERE item = 'hat'";
///             sqlx::query(sql).execute(&mut *tx).await?;
///             // .. emit to `_events` ..
///             Ok::<_, Error>(())
///         });
///         if reserved.await.is_err() {
///             // .. the transaction goes on without the reservation and its events ..
///         }
///         Ok(())
///     })
///     .await
/// # }
/// ```
///
/// # Errors
///
/// The error of `work`, or why the savepoint cannot be opened or released.
///
/// # Panics
///
/// If `work` panics.
pub async fn savepoint<C: OutboxConnection, T, E: From<Error>>(
    tx: &mut C,
    events: &mut TxEvents,
    work: impl AsyncFnOnce(&mut C, &mut TxEvents) -> Result<T, E>,
) -> Result<T, E> {
    let scope = TxScope::begin(events);
    tx.must_be_in_transaction().await?;
    // One that is dropped is rolled back. Inside of a transaction it is a savepoint.
    let mut inner = tx.begin().await.map_err(Error::from)?;
    let value = match work(&mut inner, scope.events).await {
        Ok(value) => value,
        Err(error) => {
            // If it fails, the transaction is broken, and what follows fails.
            let _ = inner.rollback().await;
            return Err(error);
        }
    };
    inner.commit().await.map_err(Error::from)?;
    scope.keep();
    Ok(value)
}
