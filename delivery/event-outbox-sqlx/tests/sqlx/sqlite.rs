//! What SQLite has alone.

use crate::shop::{Shop, Store as _, pair, place, refuse, sqlite};
use event_outbox_sqlx::{Error, savepoint};

/// SQLite rolls back by itself if the disk is full; a trigger does it here. A closure that goes on
/// after the error has no transaction any more, and the pool's connection can be used again.
#[tokio::test]
async fn a_transaction_that_sqlite_has_rolled_back_takes_no_events() {
    let database = sqlite("rolled_back").await.with_tables().await;
    let shop = Shop::new();
    database
        .run(
            "CREATE TRIGGER full BEFORE INSERT ON orders WHEN NEW.id = 2 BEGIN
                 SELECT RAISE(ROLLBACK, 'full');
             END",
        )
        .await;
    for has_events in [true, false] {
        let failed = shop.outbox.transaction(&database.pool, async |tx, events| {
            assert!(place(tx, events, 2).await.is_err());
            // The mistake: the error is not returned.
            if has_events {
                let inner = savepoint(tx, events, async |tx, events| place(tx, events, 3).await);
                assert!(inner.await.is_err(), "there is no transaction to have it in");
                refuse(events, 1, 1);
            }
            Ok::<_, Error>(())
        });
        let error = failed.await.unwrap_err();
        assert!(matches!(error, Error::NoTransaction), "{error}");
    }
    let returned = shop
        .outbox
        .transaction(&database.pool, async |tx, events| place(tx, events, 2).await)
        .await;
    assert_eq!(returned.unwrap_err().to_string(), "full");
    assert_eq!(database.orders_and_events().await, pair("", ""));

    // The connections of the pool, the one from above among them.
    let mut connections = Vec::new();
    for order_id in 10..13 {
        let mut connection = database.pool.acquire().await.unwrap();
        let next = shop
            .outbox
            .transaction(&mut *connection, async |tx, events| place(tx, events, order_id).await);
        next.await.unwrap();
        connections.push(connection);
    }
    assert_eq!(database.orders_and_events().await, pair("10 11 12", "10 11 12"));
}

/// A transaction that reads first and writes later fails if another one has written between the
/// two, unless it begins as a writer.
#[tokio::test]
async fn a_transaction_begins_as_a_writer() {
    let database = sqlite("immediate").await.with_tables().await;
    let shop = Shop::new();
    let count = "SELECT CAST(count(*) AS text) FROM orders";
    let transaction = async |order_id| {
        shop.outbox
            .transaction(&database.pool, async |tx, events| {
                let orders = tx.texts(count).await;
                tokio::task::yield_now().await;
                place(tx, events, order_id).await.map(|()| orders)
            })
            .await
    };
    let (first, second) = tokio::join!(transaction(1), transaction(2));
    let mut seen = [first.unwrap(), second.unwrap()];
    seen.sort();
    assert_eq!(seen, ["0", "1"]);
}
