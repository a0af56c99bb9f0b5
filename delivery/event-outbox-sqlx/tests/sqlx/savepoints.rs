//! Savepoints: what is rolled back takes its events along.

use crate::shop::{Database, Shop, Store, on_both, pair, place};
use event_outbox_sqlx::{Error, flush, savepoint};

on_both!(
    parts_fail_alone_with_their_events
    a_flush_in_a_savepoint_is_taken_back_with_it
    a_savepoint_needs_a_transaction
    a_savepoint_that_is_cancelled_is_rolled_back_alone
);

async fn parts_fail_alone_with_their_events<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    shop.outbox
        .transaction(&database.pool, async |tx: &mut C, events| {
            place(tx, events, 1).await?;
            savepoint(tx, events, async |tx: &mut C, events| {
                place(tx, events, 2).await?;
                let inner = savepoint(tx, events, async |tx: &mut C, events| {
                    place(tx, events, 3).await?;
                    place(tx, events, 1).await
                });
                assert!(inner.await.is_err(), "order 1 is there");
                place(tx, events, 4).await
            })
            .await?;
            let failed = savepoint(tx, events, async |tx: &mut C, events| {
                place(tx, events, 5).await?;
                Err::<(), _>(Error::Unfinished)
            });
            assert!(failed.await.is_err());
            place(tx, events, 6).await
        })
        .await
        .unwrap();
    assert_eq!(database.orders_and_events().await, pair("1 2 4 6", "1 2 4 6"));
    assert_eq!(shop.counts(), [4, 2, 0]);
    assert!(shop.incidents().is_empty());
}

async fn a_flush_in_a_savepoint_is_taken_back_with_it<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    shop.outbox
        .transaction(&database.pool, async |tx: &mut C, events| {
            place(tx, events, 1).await?;
            let failed = savepoint(tx, events, async |tx: &mut C, events| {
                place(tx, events, 2).await?;
                assert_eq!(flush(tx, events).await?.written, 2);
                Err::<(), _>(Error::Unfinished)
            });
            assert!(failed.await.is_err());
            assert_eq!(flush(tx, events).await?.written, 1, "order 1 is written again");
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    assert_eq!(database.orders_and_events().await, pair("1", "1"));
    assert_eq!(shop.counts(), [1, 1, 0]);
}

async fn a_savepoint_needs_a_transaction<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    let (mut events, mut connection) =
        (shop.outbox.events(), database.pool.acquire().await.unwrap());
    let refused = savepoint::<C, _, _>(&mut connection, &mut events, async |tx, events| {
        place(tx, events, 1).await
    });
    let error = refused.await.unwrap_err();
    assert!(matches!(error, Error::NoTransaction), "{error}");
    drop(connection);
    assert_eq!(database.orders_and_events().await, pair("", ""));
}

async fn a_savepoint_that_is_cancelled_is_rolled_back_alone<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    shop.outbox
        .transaction(&database.pool, async |tx: &mut C, events| {
            place(tx, events, 1).await?;
            let slow = savepoint(tx, events, async |tx: &mut C, events| {
                place(tx, events, 2).await?;
                flush(tx, events).await?;
                std::future::pending::<Result<(), Error>>().await
            });
            let wait = std::time::Duration::from_millis(100);
            assert!(tokio::time::timeout(wait, slow).await.is_err());
            place(tx, events, 3).await
        })
        .await
        .unwrap();
    assert_eq!(database.orders_and_events().await, pair("1 3", "1 3"));
    assert_eq!(shop.counts(), [2, 1, 0]);
}
