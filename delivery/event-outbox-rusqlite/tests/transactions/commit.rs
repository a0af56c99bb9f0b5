//! What a committed transaction has written, and when the emitter's sinks get it.

use crate::fixture::events::customer::CustomerUpdated;
use crate::fixture::events::{OrderSkipped, order_created};
use crate::fixture::{Shop, count, database, place};
use event_core::context::trace::{SpanId, TraceContext, TraceId};
use event_core::context::{Bind, CorrelationId};
use event_core::emit::Incident;
use event_core::{Context, Emit};
use event_outbox::{Flushed, OutboxRow};
use event_outbox_rusqlite::{Error, flush};
use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The rows of the event table, without `seq`.
fn rows(connection: &Connection) -> Vec<Vec<Value>> {
    let columns = OutboxRow::COLUMNS;
    let sql = format!("SELECT {} FROM domain_events ORDER BY seq", columns.join(", "));
    let mut select = connection.prepare(&sql).unwrap();
    let row = |row: &rusqlite::Row<'_>| (0..columns.len()).map(|column| row.get(column)).collect();
    select.query_map([], row).unwrap().map(Result::unwrap).collect()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn envelope(shop: &Shop, at: usize) -> String {
    let records = shop.memory.records();
    let envelope = records[at].record().envelope().trim_ascii_end().to_vec();
    String::from_utf8(envelope).unwrap()
}

#[test]
fn every_column_is_what_the_record_says() {
    let (shop, mut connection) = (Shop::new(), database());
    let trace = TraceContext::new(
        TraceId::parse("0af7651916cd43dd8448eb211c80319c").unwrap(),
        SpanId::parse("b7ad6b7169203331").unwrap(),
    );
    let bound = Context::empty().with(&trace.binding()).with(&CorrelationId("cor \"1\"".into()));
    shop.outbox
        .transaction(&mut connection, |_, events| {
            {
                let _bound = bound.enter();
                order_created(7, 4).emit_to(events);
            }
            OrderSkipped.emit_to(events);
            let customer_id = "Zoë \"Z\" \\ 你好".into();
            CustomerUpdated { customer_id, revision: u64::MAX }.emit_to(events);
            Ok::<_, Error>(())
        })
        .unwrap();
    let ids: Vec<Value> =
        (0..3).map(|at| text(&shop.memory.records()[at].record().event_id().to_string())).collect();
    let expected = [
        vec![
            ids[0].clone(),
            text("order.created"),
            Value::Integer(2),
            text("order"),
            text("7"),
            Value::Integer(4),
            text("2026-11-21T00:00:00.000000Z"),
            text("2026-11-21T00:00:00.000000Z"),
            text("0af7651916cd43dd8448eb211c80319c"),
            text("b7ad6b7169203331"),
            text("cor \"1\""),
            Value::Null,
            text("2027-02-19T00:00:00.000000Z"),
            text(&envelope(&shop, 0)),
        ],
        vec![
            ids[1].clone(),
            text("order.skipped"),
            Value::Integer(1),
            Value::Null,
            Value::Null,
            Value::Null,
            text("2026-11-21T00:00:01.000000Z"),
            text("2026-11-21T00:00:01.000000Z"),
            Value::Null,
            Value::Null,
            Value::Null,
            Value::Null,
            Value::Null,
            text(&envelope(&shop, 1)),
        ],
        vec![
            ids[2].clone(),
            text("customer.updated"),
            Value::Integer(1),
            text("customer"),
            text("Zoë \"Z\" \\ 你好"),
            // It is more than SQLite's integers hold. The envelope has it.
            Value::Null,
            text("2026-11-21T00:00:02.000000Z"),
            text("2026-11-21T00:00:02.000000Z"),
            Value::Null,
            Value::Null,
            Value::Null,
            Value::Null,
            text("2026-11-28T00:00:02.000000Z"),
            text(&envelope(&shop, 2)),
        ],
    ];
    assert_eq!(rows(&connection), expected);
    assert!(envelope(&shop, 2).contains(&u64::MAX.to_string()));
}

#[test]
fn sinks_get_the_records_after_the_commit() {
    let (shop, mut connection) = (Shop::new(), database());
    let value = shop.outbox.transaction(&mut connection, |tx, events| {
        place(tx, events, 1)?;
        place(tx, events, 2)?;
        assert_eq!(shop.counts(), [0, 0, 2]);
        flush(tx, events)?;
        assert!(shop.memory.records().is_empty(), "it is not committed yet");
        Ok::<_, Error>("value")
    });
    assert_eq!(value.unwrap(), "value");
    assert_eq!((shop.counts(), shop.memory.records().len()), ([2, 0, 0], 2));
    assert_eq!((count(&connection, "orders"), count(&connection, "domain_events")), (2, 2));
    assert!(shop.incidents().is_empty());
}

#[test]
fn a_second_flush_writes_what_came_after_the_first() {
    let (shop, mut connection) = (Shop::new(), database());
    shop.outbox
        .transaction(&mut connection, |tx, events| {
            let written = |written| Flushed { written, duplicates: 0 };
            assert_eq!(flush(tx, events)?, written(0));
            place(tx, events, 1)?;
            assert_eq!(flush(tx, events)?, written(1));
            assert_eq!(flush(tx, events)?, written(0));
            place(tx, events, 2)?;
            place(tx, events, 3)?;
            assert_eq!(flush(tx, events)?, written(2));
            place(tx, events, 4)
        })
        .unwrap();
    let ids: Vec<Value> = rows(&connection).into_iter().map(|row| row[4].clone()).collect();
    assert_eq!(ids, ["1", "2", "3", "4"].map(text));
    assert_eq!((shop.counts(), shop.memory.records().len()), ([4, 0, 0], 4));
}

#[test]
fn a_transaction_that_is_opened_by_hand() {
    let (shop, mut connection) = (Shop::new(), database());
    let mut events = shop.outbox.events();
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    place(&tx, &mut events, 1).unwrap();
    assert_eq!(flush(&tx, &mut events).unwrap(), Flushed { written: 1, duplicates: 0 });
    tx.commit().unwrap();
    assert_eq!(shop.counts(), [0, 0, 1]);
    shop.outbox.committed(events);
    assert_eq!((shop.counts(), count(&connection, "domain_events")), ([1, 0, 0], 1));

    let mut events = shop.outbox.events();
    let tx = connection.transaction().unwrap();
    place(&tx, &mut events, 2).unwrap();
    flush(&tx, &mut events).unwrap();
    tx.rollback().unwrap();
    events.rolled_back();
    assert_eq!((shop.counts(), count(&connection, "domain_events")), ([1, 1, 0], 1));
    assert!(shop.incidents().is_empty());
}

#[test]
fn events_that_are_dropped_are_reported() {
    let (shop, mut connection) = (Shop::new(), database());
    let mut events = shop.outbox.events();
    let tx = connection.transaction().unwrap();
    place(&tx, &mut events, 1).unwrap();
    place(&tx, &mut events, 2).unwrap();
    tx.commit().unwrap();
    drop(events);
    assert_eq!(shop.incidents(), [Incident::BufferDropped { events: 2 }]);
    assert_eq!(shop.counts(), [0, 2, 0]);
}

#[test]
fn events_that_come_after_the_flush_are_reported() {
    let (shop, mut connection) = (Shop::new(), database());
    let mut events = shop.outbox.events();
    let tx = connection.transaction().unwrap();
    place(&tx, &mut events, 1).unwrap();
    flush(&tx, &mut events).unwrap();
    place(&tx, &mut events, 2).unwrap();
    tx.commit().unwrap();
    assert_eq!(events.committed(), 1, "the sinks get what the table has");
    assert_eq!(shop.incidents(), [Incident::BufferDropped { events: 1 }]);
    assert_eq!((shop.counts(), count(&connection, "domain_events")), ([1, 1, 0], 1));
}

#[test]
fn a_relay_is_woken_once_for_each_commit_with_events() {
    let (shop, mut connection) = (Shop::new(), database());
    let woken = Arc::new(AtomicUsize::new(0));
    let (count, memory) = (woken.clone(), shop.memory.clone());
    let outbox = shop.outbox.clone().on_commit(move || {
        assert!(!memory.records().is_empty(), "the sinks come first");
        count.fetch_add(1, Ordering::Relaxed);
        panic!("a fault of the callback does not reach the caller");
    });
    let mut after = |outcome: Result<i64, Error>| {
        let _ = outbox.transaction(&mut connection, |tx, events| match outcome {
            Ok(0) => Ok(()),
            Ok(order_id) => {
                place(tx, events, order_id)?;
                flush(tx, events)?;
                place(tx, events, -order_id)
            }
            Err(error) => {
                place(tx, events, 99)?;
                Err(error)
            }
        });
        woken.load(Ordering::Relaxed)
    };
    assert_eq!(after(Ok(1)), 1);
    assert_eq!(after(Ok(0)), 1, "no events");
    assert_eq!(after(Err(Error::NoTransaction)), 1, "rolled back");
    assert_eq!(after(Ok(2)), 2);
}
