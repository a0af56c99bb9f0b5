//! A future that is dropped leaves neither the change nor its events. And the futures are `Send`.

use crate::events::order_created;
use crate::shop::{Database, Shop, Store, on_both, pair, place, postgres, refuse, sqlite};
use event_core::Emit;
use event_outbox_sqlx::{Error, Outbox, flush, savepoint};
use sqlx::{PgPool, SqlitePool};
use std::pin::{Pin, pin};
use std::task::{Context, Waker};
use std::time::Duration;

on_both!(
    in_the_middle_of_the_closure
    a_transaction_does_not_go_on_after_a_flush_that_is_cancelled
);

async fn in_the_middle_of_the_closure<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    let slow = shop.outbox.transaction(&database.pool, async |tx: &mut C, events| {
        place(tx, events, 1).await?;
        flush(tx, events).await?;
        place(tx, events, 2).await?;
        std::future::pending::<Result<(), Error>>().await
    });
    assert!(tokio::time::timeout(Duration::from_millis(200), slow).await.is_err());
    assert_eq!(shop.counts(), [0, 2, 0]);
    // The locks of the first transaction are free.
    let next = shop
        .outbox
        .transaction(&database.pool, async |tx: &mut C, events| place(tx, events, 1).await);
    next.await.unwrap();
    assert_eq!(database.orders_and_events().await, pair("1", "1"));
    assert!(shop.incidents().is_empty());
}

/// Which rows it has written is unknown: a second flush could write them twice.
async fn a_transaction_does_not_go_on_after_a_flush_that_is_cancelled<C: Store>(
    database: Database<C>,
) {
    let shop = Shop::new();
    let failed = shop.outbox.transaction(&database.pool, async |tx: &mut C, events| {
        place(tx, events, 1).await?;
        // More than are done while the future is polled once.
        for order_id in 2..1_000 {
            order_created(order_id, 1).emit_to(events);
        }
        {
            let mut flushing = pin!(flush(tx, events));
            let mut context = Context::from_waker(Waker::noop());
            assert!(flushing.as_mut().poll(&mut context).is_pending());
        }
        Ok::<_, Error>(())
    });
    let error = failed.await.unwrap_err();
    assert!(matches!(error, Error::Unfinished), "{error}");
    assert_eq!(database.orders_and_events().await, pair("", ""));
    assert_eq!(shop.counts(), [0, 999, 0]);
}

/// What a handler of a web framework returns.
type Answer = Pin<Box<dyn Future<Output = Result<i64, Error>> + Send>>;

/// It borrows its arguments over the `await`s of the closure, as a real one does.
macro_rules! handler {
    ($name:ident, $pool:ty) => {
        async fn $name(pool: $pool, outbox: Outbox, text: String) -> Result<i64, Error> {
            let order = &text;
            outbox
                .transaction(&pool, async |tx, events| {
                    let order_id = order.len().try_into().unwrap();
                    place(tx, events, order_id).await?;
                    let failed = savepoint(tx, events, async |tx, events| {
                        refuse(events, order_id, 1);
                        place(tx, events, order_id).await
                    });
                    assert!(failed.await.is_err(), "{order} is there");
                    assert_eq!(flush(tx, events).await?.written, 1);
                    Ok(order_id)
                })
                .await
        }
    };
}
handler!(handle_postgres, PgPool);
handler!(handle_sqlite, SqlitePool);

#[tokio::test(flavor = "multi_thread")]
async fn handlers_and_tasks_of_a_runtime_with_threads() {
    let database = sqlite("send").await.with_tables().await;
    let outbox = Shop::new().outbox;
    let answer: Answer = Box::pin(handle_sqlite(database.pool.clone(), outbox.clone(), "a".into()));
    assert_eq!(tokio::spawn(answer).await.unwrap().unwrap(), 1);
    assert_eq!(database.orders_and_events().await, pair("1", "1"));

    let Some(database) = postgres("send").await else { return };
    let database = database.with_tables().await;
    let answer: Answer = Box::pin(handle_postgres(database.pool.clone(), outbox, "bb".into()));
    assert_eq!(tokio::spawn(answer).await.unwrap().unwrap(), 2);
    assert_eq!(database.orders_and_events().await, pair("2", "2"));
}
