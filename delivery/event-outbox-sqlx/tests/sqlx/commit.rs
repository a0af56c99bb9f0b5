//! What a committed transaction has written, and when the emitter's sinks get it.

use crate::events::customer::CustomerUpdated;
use crate::shop::{Database, Shop, Store, on_both, pair, place, refuse};
use event_core::Emit;
use event_outbox::Flushed;
use event_outbox_sqlx::{Error, Outbox, flush};
use sqlx::Acquire;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

on_both!(
    columns
    sinks_get_the_records_after_the_commit
    a_second_flush_writes_what_came_after_the_first
    a_transaction_that_is_opened_by_hand
    a_test_that_rolls_everything_back
    a_second_event_with_the_key_is_left_out
    a_relay_is_woken_once_for_each_commit_with_events
);

async fn columns<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    shop.outbox
        .transaction(&database.pool, async |_, events| {
            refuse(events, 7, 3);
            let customer_id = "Zoë \"Z\" \\ 你好, {NULL}".into();
            CustomerUpdated { customer_id, revision: u64::MAX }.emit_to(events);
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    let records = shop.memory.records();
    for (at, record) in records.iter().enumerate() {
        let record = record.record();
        let texts = async |column: &str| {
            let sql = format!("SELECT CAST({column} AS text) FROM domain_events ORDER BY seq");
            database.texts(&format!("{sql} LIMIT 1 OFFSET {at}")).await
        };
        assert_eq!(texts("event_id").await, record.event_id().to_string());
        assert_eq!(texts("event_type").await, record.meta().name.dotted);
        let envelope = String::from_utf8(record.envelope().trim_ascii_end().to_vec()).unwrap();
        assert_eq!(texts("envelope").await, envelope, "byte for byte");
        assert!(texts("occurred_at").await.starts_with("2026-11-21"));
    }
    let column = async |column| {
        let sql = format!("SELECT coalesce(CAST({column} AS text), '-') FROM domain_events");
        database.texts(&format!("{sql} ORDER BY seq")).await
    };
    assert_eq!(column("entity_id").await, "7 Zoë \"Z\" \\ 你好, {NULL}");
    assert_eq!(column("deduplication_key").await, "order.pay.failed[7,3] -");
    assert_eq!(column("entity_version").await, "- -", "the revision is more than a bigint holds");
    assert!(column("retain_until").await.starts_with("- 2026-11-28"));
}

async fn sinks_get_the_records_after_the_commit<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    let value = shop.outbox.transaction(&database.pool, async |tx: &mut C, events| {
        place(tx, events, 1).await?;
        place(tx, events, 2).await?;
        assert_eq!(shop.counts(), [0, 0, 2]);
        flush(tx, events).await?;
        assert!(shop.memory.records().is_empty(), "it is not committed yet");
        Ok::<_, Error>("value")
    });
    assert_eq!(value.await.unwrap(), "value");
    assert_eq!((shop.counts(), shop.memory.records().len()), ([2, 0, 0], 2));
    assert_eq!(database.orders_and_events().await, pair("1 2", "1 2"));
    assert!(shop.incidents().is_empty());
}

async fn a_second_flush_writes_what_came_after_the_first<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    shop.outbox
        .transaction(&database.pool, async |tx: &mut C, events| {
            let written = |written| Flushed { written, duplicates: 0 };
            assert_eq!(flush(tx, events).await?, written(0));
            place(tx, events, 1).await?;
            assert_eq!(flush(tx, events).await?, written(1));
            assert_eq!(flush(tx, events).await?, written(0));
            place(tx, events, 3).await?;
            place(tx, events, 2).await?;
            assert_eq!(flush(tx, events).await?, written(2));
            place(tx, events, 4).await
        })
        .await
        .unwrap();
    assert_eq!(database.orders_and_events().await, pair("1 2 3 4", "1 3 2 4"));
    assert_eq!((shop.counts(), shop.memory.records().len()), ([4, 0, 0], 4));
}

async fn a_transaction_that_is_opened_by_hand<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    for is_committed in [true, false] {
        let mut events = shop.outbox.events();
        let mut tx = database.pool.begin().await.unwrap();
        place::<C>(&mut tx, &mut events, 1 + i64::from(!is_committed)).await.unwrap();
        let flushed = flush::<C>(&mut tx, &mut events).await.unwrap();
        assert_eq!(flushed, Flushed { written: 1, duplicates: 0 });
        if is_committed {
            tx.commit().await.unwrap();
            shop.outbox.committed(events);
        } else {
            tx.rollback().await.unwrap();
            events.rolled_back();
        }
    }
    assert_eq!(database.orders_and_events().await, pair("1", "1"));
    assert_eq!(shop.counts(), [1, 1, 0]);
    assert!(shop.incidents().is_empty());
}

/// In a transaction of a test, the code under test has a savepoint. Its own `transaction` is
/// refused: the sinks would get what the test rolls back.
async fn a_test_that_rolls_everything_back<C: Store>(database: Database<C>)
where
    for<'a> &'a mut C: Acquire<'a, Database = C::Database>,
{
    let shop = Shop::new();
    let mut connection = database.pool.acquire().await.unwrap();
    let mut test = C::begin(&mut connection).await.unwrap();
    let refused = shop.outbox.transaction(&mut *test, async |_: &mut C, _| Ok::<_, Error>(()));
    let error = refused.await.unwrap_err();
    assert!(matches!(error, Error::InTransaction), "{error}");

    let mut events = shop.outbox.events();
    event_outbox_sqlx::savepoint::<C, _, Error>(&mut test, &mut events, async |tx, events| {
        place(tx, events, 1).await
    })
    .await
    .unwrap();
    assert_eq!(flush::<C>(&mut test, &mut events).await.unwrap().written, 1);
    let sql = "SELECT event_type FROM domain_events";
    assert_eq!(C::texts(&mut test, sql).await, "order.created");
    test.rollback().await.unwrap();
    events.rolled_back();
    drop(connection);
    assert_eq!(database.orders_and_events().await, pair("", ""));
    assert_eq!(shop.counts(), [0, 1, 0]);
}

async fn a_second_event_with_the_key_is_left_out<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    let flushed = |written, duplicates| Flushed { written, duplicates };
    // Within one flush, and over transactions.
    for (order_id, attempts, expected) in [
        (1, [1, 2, 1].as_slice(), flushed(3, 1)),
        (2, &[2, 3], flushed(2, 1)),
        (3, &[1, 2, 3], flushed(1, 3)),
    ] {
        let done = shop.outbox.transaction(&database.pool, async |tx: &mut C, events| {
            place(tx, events, order_id).await?;
            for attempt in attempts {
                refuse(events, 1, *attempt);
            }
            flush(tx, events).await
        });
        assert_eq!(done.await.unwrap(), expected);
    }
    assert_eq!(database.orders_and_events().await, pair("1 2 3", "1 2 3"));
    assert_eq!(database.count("domain_events").await, "6");
    let records = shop.memory.records();
    let names: Vec<&str> = records.iter().map(|line| line.meta().name.dotted).collect();
    let expected = ["created", "pay.failed", "pay.failed", "created", "pay.failed", "created"];
    assert_eq!(names, expected.map(|name| format!("order.{name}")));
    assert_eq!(shop.counts(), [6, 5, 0]);
}

async fn a_relay_is_woken_once_for_each_commit_with_events<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    let woken = Arc::new(AtomicUsize::new(0));
    let count = woken.clone();
    let outbox: Outbox = shop.outbox.clone().on_commit(move || {
        count.fetch_add(1, Ordering::Relaxed);
    });
    for (outcome, wakes) in [(Ok(1), 1), (Ok(0), 1), (Err(Error::Unfinished), 1), (Ok(2), 2)] {
        let _ = outbox
            .transaction(&database.pool, async |tx: &mut C, events| match outcome {
                Ok(0) => Ok(()),
                Ok(order_id) => place(tx, events, order_id).await,
                Err(error) => {
                    place(tx, events, 99).await?;
                    Err(error)
                }
            })
            .await;
        assert_eq!(woken.load(Ordering::Relaxed), wakes);
    }
}
