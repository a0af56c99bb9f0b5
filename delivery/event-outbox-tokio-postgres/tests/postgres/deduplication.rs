//! A deduplication key is in the table once. A second event with it is left out, and its
//! transaction goes on.

use crate::shop::{Database, Shop, place, refuse};
use event_outbox::Flushed;
use event_outbox_tokio_postgres::{Error, flush};

const KEYS: u32 = 100;

#[tokio::test]
async fn a_second_event_with_the_key_is_left_out() {
    let Some((database, mut client)) = Database::new("duplicates").await else { return };
    let shop = Shop::new();
    let flushed = |written, duplicates| Flushed { written, duplicates };
    // Within one flush, and over transactions.
    for (order_id, attempts, expected) in [
        (1, [1, 2, 1].as_slice(), flushed(3, 1)),
        (2, &[2, 3], flushed(2, 1)),
        (3, &[1, 2, 3], flushed(1, 3)),
    ] {
        let done = shop.outbox.transaction(&mut client, async |tx, events| {
            place(tx, events, order_id).await?;
            for attempt in attempts {
                refuse(events, 1, *attempt);
            }
            flush(tx, events).await
        });
        assert_eq!(done.await.unwrap(), expected);
    }
    assert_eq!(database.orders_and_events(), "1 2 3 / 1 2 3");
    let keys = "SELECT string_agg(deduplication_key, ' ' ORDER BY seq) FROM domain_events";
    assert_eq!(
        database.sql(keys),
        "order.pay.failed[1,1] order.pay.failed[1,2] order.pay.failed[1,3]"
    );
    let names: Vec<String> =
        shop.memory.records().iter().map(|line| line.meta().name.dotted.to_owned()).collect();
    let expected = ["created", "pay.failed", "pay.failed", "created", "pay.failed", "created"];
    assert_eq!(names, expected.map(|name| format!("order.{name}")));
    assert_eq!(shop.counts(), [6, 5, 0]);
    assert!(shop.incidents().is_empty());
}

/// A transaction waits for another one that has the key: if that rolls back, it has the event.
#[tokio::test]
async fn of_two_transactions_that_are_open_one_writes_the_key() {
    let Some((database, mut client)) = Database::new("open").await else { return };
    for is_committed in [true, false] {
        let (shop, other) = (Shop::new(), Shop::new());
        let attempt = 1 + u32::from(is_committed);
        let mut events = shop.outbox.events();
        let tx = client.transaction().await.unwrap();
        refuse(&mut events, 1, attempt);
        assert_eq!(flush(&tx, &mut events).await.unwrap().written, 1);

        let mut second = database.client().await;
        let waiting = tokio::spawn(async move {
            let transaction = other.outbox.transaction(&mut second, async |tx, events| {
                refuse(events, 1, attempt);
                flush(tx, events).await
            });
            transaction.await
        });
        let waits = "SELECT count(*) FROM pg_locks WHERE NOT granted";
        while client_waits(&database, waits).await {}
        if is_committed {
            tx.commit().await.unwrap();
            shop.outbox.committed(events);
        } else {
            tx.rollback().await.unwrap();
            events.rolled_back();
        }
        let written = usize::from(!is_committed);
        assert_eq!(waiting.await.unwrap().unwrap(), Flushed { written, duplicates: 1 - written });
    }
    assert_eq!(database.count("domain_events"), 2);
}

async fn client_waits(database: &Database, waits: &str) -> bool {
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    database.sql(waits) == "0"
}

#[tokio::test(flavor = "multi_thread")]
async fn of_four_writers_one_writes_each_key() {
    let Some((database, _)) = Database::new("writers").await else { return };
    let mut writers = Vec::new();
    for _ in 0..4 {
        let mut client = database.client().await;
        writers.push(tokio::spawn(async move {
            let (shop, mut written) = (Shop::new(), 0);
            for attempt in 0..KEYS {
                let transaction = shop.outbox.transaction(&mut client, async |tx, events| {
                    refuse(events, 1, attempt);
                    flush(tx, events).await
                });
                written += transaction.await?.written;
            }
            assert_eq!(shop.memory.records().len(), written);
            Ok::<_, Error>(written)
        }));
    }
    let mut written = 0;
    for writer in writers {
        written += writer.await.unwrap().unwrap();
    }
    assert_eq!(written, usize::try_from(KEYS).unwrap());
    assert_eq!(database.count("domain_events"), i64::from(KEYS));
}
