//! Savepoints: what is rolled back takes its events along.

use crate::events::order_pay_completed;
use crate::shop::{Database, Shop, place};
use event_core::Emit;
use event_outbox_tokio_postgres::{Error, flush, savepoint};
use std::time::Duration;

#[tokio::test]
async fn parts_fail_alone_with_their_events() {
    let Some((database, mut client)) = Database::new("parts").await else { return };
    let shop = Shop::new();
    shop.outbox
        .transaction(&mut client, async |tx, events| {
            place(tx, events, 1).await?;
            savepoint(tx, events, async |tx, events| {
                place(tx, events, 2).await?;
                let inner = savepoint(tx, events, async |tx, events| {
                    place(tx, events, 3).await?;
                    place(tx, events, 1).await
                });
                assert!(inner.await.is_err(), "order 1 is there");
                place(tx, events, 4).await
            })
            .await?;
            let failed = savepoint(tx, events, async |tx, events| {
                place(tx, events, 5).await?;
                Err::<(), _>(Error::Unfinished)
            });
            assert!(failed.await.is_err());
            place(tx, events, 6).await
        })
        .await
        .unwrap();
    assert_eq!(database.orders_and_events(), "1 2 4 6 / 1 2 4 6");
    assert_eq!(shop.counts(), [4, 2, 0]);
    assert!(shop.incidents().is_empty());
}

#[tokio::test]
async fn a_flush_in_a_savepoint_is_taken_back_with_it() {
    let Some((database, mut client)) = Database::new("taken_back").await else { return };
    let shop = Shop::new();
    shop.outbox
        .transaction(&mut client, async |tx, events| {
            place(tx, events, 1).await?;
            let failed = savepoint(tx, events, async |tx, events| {
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
    assert_eq!(database.orders_and_events(), "1 / 1");
    assert_eq!(shop.counts(), [1, 1, 0]);
}

#[tokio::test]
async fn a_refused_event_from_before_a_savepoint_stays_refused() {
    let Some((database, mut client)) = Database::new("stays").await else { return };
    let shop = Shop::new();
    let failed = shop.outbox.transaction(&mut client, async |tx, events| {
        order_pay_completed(1, false).emit_to(events);
        let inner = savepoint(tx, events, async |_, events| {
            order_pay_completed(1, false).emit_to(events);
            Err::<(), _>(Error::Unfinished)
        });
        assert!(inner.await.is_err());
        place(tx, events, 1).await
    });
    let error = failed.await.unwrap_err();
    assert!(matches!(error, Error::Refused { events: 1 }), "{error}");
    assert_eq!(database.orders_and_events(), "- / -");
}

/// The transaction can go on, although the closure has hidden the error of a statement.
#[tokio::test]
async fn an_error_that_is_not_returned_ends_the_savepoint_alone() {
    let Some((database, mut client)) = Database::new("hidden").await else { return };
    let shop = Shop::new();
    shop.outbox
        .transaction(&mut client, async |tx, events| {
            let failed = savepoint(tx, events, async |tx, events| {
                place(tx, events, 1).await?;
                flush(tx, events).await?;
                let _ = tx.batch_execute("SELECT 1 / 0").await;
                Ok::<_, Error>(())
            });
            let text = failed.await.unwrap_err().to_string();
            assert!(text.contains("current transaction is aborted"), "{text}");
            place(tx, events, 2).await
        })
        .await
        .unwrap();
    assert_eq!(database.orders_and_events(), "2 / 2");
    assert_eq!(shop.counts(), [1, 1, 0]);
}

#[tokio::test]
async fn a_savepoint_that_is_cancelled_is_rolled_back_alone() {
    let Some((database, mut client)) = Database::new("timeout").await else { return };
    let shop = Shop::new();
    shop.outbox
        .transaction(&mut client, async |tx, events| {
            place(tx, events, 1).await?;
            let slow = savepoint(tx, events, async |tx, events| {
                place(tx, events, 2).await?;
                flush(tx, events).await?;
                tx.batch_execute("SELECT pg_sleep(0.2)").await?;
                Ok::<_, Error>(())
            });
            assert!(tokio::time::timeout(Duration::from_millis(50), slow).await.is_err());
            place(tx, events, 3).await
        })
        .await
        .unwrap();
    assert_eq!(database.orders_and_events(), "1 3 / 1 3");
    assert_eq!(shop.counts(), [2, 1, 0]);
}
