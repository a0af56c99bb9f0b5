//! What a committed transaction has written, and when the emitter's sinks get it.

use crate::events::customer::CustomerUpdated;
use crate::events::{OrderSkipped, order_created};
use crate::shop::{Database, Shop, place};
use event_core::context::trace::{SpanId, TraceContext, TraceId};
use event_core::context::{Bind, CorrelationId};
use event_core::emit::Incident;
use event_core::{Context, Emit};
use event_outbox::Flushed;
use event_outbox_tokio_postgres::{Error, flush};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

fn record(shop: &Shop, at: usize) -> (String, String) {
    let records = shop.memory.records();
    let record = records[at].record();
    let envelope = record.envelope().trim_ascii_end().to_vec();
    (record.event_id().to_string(), String::from_utf8(envelope).unwrap())
}

#[tokio::test]
async fn every_column_is_what_the_record_says() {
    let Some((database, mut client)) = Database::new("columns").await else { return };
    let shop = Shop::new();
    let trace = TraceContext::new(
        TraceId::parse("0af7651916cd43dd8448eb211c80319c").unwrap(),
        SpanId::parse("b7ad6b7169203331").unwrap(),
    );
    let bound = Context::empty().with(&trace.binding()).with(&CorrelationId("cor \"1\"".into()));
    shop.outbox
        .transaction(&mut client, async |_, events| {
            {
                let _bound = bound.enter();
                order_created(7, 4).emit_to(events);
            }
            OrderSkipped.emit_to(events);
            let customer_id = "Zoë \"Z\" \\ 你好, {NULL}".into();
            CustomerUpdated { customer_id, revision: u64::MAX }.emit_to(events);
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    let rows = database.sql(
        "SET TimeZone = 'UTC';
         SELECT seq, event_id, event_type, event_version, entity_type, entity_id, entity_version,
             occurred_at, recorded_at, trace_id, span_id, correlation_id, deduplication_key,
             retain_until, envelope FROM domain_events ORDER BY seq",
    );
    let [first, second, third] = [0, 1, 2].map(|at| record(&shop, at));
    let expected = [
        format!(
            "1|{}|order.created|2|order|7|4|2026-11-21 00:00:00+00|2026-11-21 00:00:00+00|\
             0af7651916cd43dd8448eb211c80319c|b7ad6b7169203331|cor \"1\"||2027-02-19 00:00:00+00|{}",
            first.0, first.1
        ),
        format!(
            "2|{}|order.skipped|1||||2026-11-21 00:00:01+00|2026-11-21 00:00:01+00||||||{}",
            second.0, second.1
        ),
        // The revision is more than a bigint holds. The envelope has it.
        format!(
            "3|{}|customer.updated|1|customer|Zoë \"Z\" \\ 你好, {{NULL}}||2026-11-21 00:00:02+00|\
             2026-11-21 00:00:02+00|||||2026-11-28 00:00:02+00|{}",
            third.0, third.1
        ),
    ];
    assert_eq!(rows.lines().collect::<Vec<_>>(), expected);
    let one =
        "SELECT count(DISTINCT txid), bool_and(txid < pg_current_xact_id()) FROM domain_events";
    assert_eq!(database.sql(one), "1|t");
}

#[tokio::test]
async fn sinks_get_the_records_after_the_commit() {
    let Some((database, mut client)) = Database::new("sinks").await else { return };
    let shop = Shop::new();
    let value = shop.outbox.transaction(&mut client, async |tx, events| {
        place(tx, events, 1).await?;
        place(tx, events, 2).await?;
        assert_eq!(shop.counts(), [0, 0, 2]);
        flush(tx, events).await?;
        assert!(shop.memory.records().is_empty(), "it is not committed yet");
        Ok::<_, Error>("value")
    });
    assert_eq!(value.await.unwrap(), "value");
    assert_eq!((shop.counts(), shop.memory.records().len()), ([2, 0, 0], 2));
    assert_eq!(database.orders_and_events(), "1 2 / 1 2");
    assert!(shop.incidents().is_empty());
}

#[tokio::test]
async fn a_second_flush_writes_what_came_after_the_first() {
    let Some((database, mut client)) = Database::new("flush").await else { return };
    let shop = Shop::new();
    shop.outbox
        .transaction(&mut client, async |tx, events| {
            let written = |written| Flushed { written, duplicates: 0 };
            assert_eq!(flush(tx, events).await?, written(0));
            place(tx, events, 1).await?;
            assert_eq!(flush(tx, events).await?, written(1));
            assert_eq!(flush(tx, events).await?, written(0));
            place(tx, events, 2).await?;
            place(tx, events, 3).await?;
            assert_eq!(flush(tx, events).await?, written(2));
            place(tx, events, 4).await
        })
        .await
        .unwrap();
    let ids = "SELECT string_agg(entity_id, ' ' ORDER BY seq) FROM domain_events";
    assert_eq!(database.sql(ids), "1 2 3 4");
    assert_eq!((shop.counts(), shop.memory.records().len()), ([4, 0, 0], 4));
}

#[tokio::test]
async fn many_events_are_one_statement_in_their_order() {
    let Some((database, mut client)) = Database::new("many").await else { return };
    let shop = Shop::new();
    shop.outbox
        .transaction(&mut client, async |_, events| {
            (0..5_000).for_each(|order_id| order_created(order_id, 1).emit_to(events));
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    let sql = "SELECT count(*), count(DISTINCT txid), bool_and(entity_id::bigint = seq - 1)
               FROM domain_events";
    assert_eq!(database.sql(sql), "5000|1|t");
}

#[tokio::test]
async fn a_transaction_that_is_opened_by_hand() {
    let Some((database, mut client)) = Database::new("by_hand").await else { return };
    let shop = Shop::new();
    let mut events = shop.outbox.events();
    let tx = client.transaction().await.unwrap();
    place(&tx, &mut events, 1).await.unwrap();
    let flushed = flush(&tx, &mut events).await.unwrap();
    assert_eq!(flushed, Flushed { written: 1, duplicates: 0 });
    tx.commit().await.unwrap();
    assert_eq!(shop.counts(), [0, 0, 1]);
    shop.outbox.committed(events);
    assert_eq!((shop.counts(), database.count("domain_events")), ([1, 0, 0], 1));

    let mut events = shop.outbox.events();
    let tx = client.transaction().await.unwrap();
    place(&tx, &mut events, 2).await.unwrap();
    flush(&tx, &mut events).await.unwrap();
    tx.rollback().await.unwrap();
    events.rolled_back();
    assert_eq!((shop.counts(), database.count("domain_events")), ([1, 1, 0], 1));
    assert!(shop.incidents().is_empty());
}

#[tokio::test]
async fn events_that_come_after_the_flush_are_reported() {
    let Some((database, mut client)) = Database::new("late").await else { return };
    let shop = Shop::new();
    let mut events = shop.outbox.events();
    let tx = client.transaction().await.unwrap();
    place(&tx, &mut events, 1).await.unwrap();
    flush(&tx, &mut events).await.unwrap();
    place(&tx, &mut events, 2).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(events.committed(), 1, "the sinks get what the table has");
    assert_eq!(shop.incidents(), [Incident::BufferDropped { events: 1 }]);
    assert_eq!((shop.counts(), database.count("domain_events")), ([1, 1, 0], 1));
}

#[tokio::test]
async fn a_relay_is_woken_once_for_each_commit_with_events() {
    let Some((_, mut client)) = Database::new("wake").await else { return };
    let shop = Shop::new();
    let woken = Arc::new(AtomicUsize::new(0));
    let (count, memory) = (woken.clone(), shop.memory.clone());
    let outbox = shop.outbox.clone().on_commit(move || {
        assert!(!memory.records().is_empty(), "the sinks come first");
        count.fetch_add(1, Ordering::Relaxed);
        panic!("a fault of the callback does not reach the caller");
    });
    for (outcome, wakes) in [(Ok(1), 1), (Ok(0), 1), (Err(Error::Unfinished), 1), (Ok(2), 2)] {
        let _ = outbox
            .transaction(&mut client, async |tx, events| match outcome {
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
