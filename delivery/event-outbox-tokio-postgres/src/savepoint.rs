//! Savepoints: parts of a transaction that can be rolled back alone, with their events.

use crate::error::Error;
use event_outbox::{TxEvents, TxScope};
use tokio_postgres::Transaction;

/// Names may repeat: a statement means the innermost savepoint of the name.
const NAME: &str = "outbox";

/// Runs `work` in a savepoint of an open transaction. If `work` returns an error or panics, or the
/// future is dropped, its changes and its events are rolled back, and the transaction can go on.
/// Savepoints can be nested.
///
/// ```no_run
/// # use event_outbox_tokio_postgres::{Error, Outbox, savepoint};
/// # async fn example(outbox: &Outbox, client: &mut tokio_postgres::Client) -> Result<(), Error> {
/// outbox
///     .transaction(client, async |tx, events| {
///         let reserved = savepoint(tx, events, async |tx, _events| {
///             tx.execute("UPDATE stock SET count = count - 1 WHERE item = 'hat'", &[]).await?;
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
pub async fn savepoint<T, E: From<Error>>(
    tx: &mut Transaction<'_>,
    events: &mut TxEvents,
    work: impl AsyncFnOnce(&mut Transaction<'_>, &mut TxEvents) -> Result<T, E>,
) -> Result<T, E> {
    let scope = TxScope::begin(events);
    // One that is dropped is rolled back.
    let mut inner = tx.savepoint(NAME).await.map_err(Error::from)?;
    let value = work(&mut inner, scope.events).await?;
    if let Err(error) = inner.commit().await {
        // `work` has not returned the error of a statement. The driver does not roll back then, and
        // the transaction could not go on.
        tx.batch_execute(&format!("ROLLBACK TO {NAME}")).await.map_err(Error::from)?;
        return Err(Error::from(error).into());
    }
    scope.keep();
    Ok(value)
}
