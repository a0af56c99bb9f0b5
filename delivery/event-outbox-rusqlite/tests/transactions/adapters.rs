//! What `event-outbox` makes public is enough for an adapter: the same rows, by a blocking and by
//! an asynchronous one. And the table is append-only for all of them.

#[path = "../../examples/own_adapter.rs"]
#[allow(dead_code, reason = "its `main` runs as an example")]
mod own_adapter;

use crate::fixture::{Shop, count, database, place, refuse};
use event_outbox::{AsyncOutboxTx, Flushed, Inserted, OutboxRow, OutboxTx};
use event_outbox_rusqlite::SqliteTx;
use own_adapter::PlainTx;
use rusqlite::Connection;
use rusqlite::types::Value;
use std::future::Future;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

/// All columns of all events.
fn rows(connection: &Connection) -> Vec<Vec<Value>> {
    let mut select = connection.prepare("SELECT * FROM domain_events ORDER BY seq").unwrap();
    let columns = select.column_count();
    let row = |row: &rusqlite::Row<'_>| (0..columns).map(|column| row.get(column)).collect();
    select.query_map([], row).unwrap().map(Result::unwrap).collect()
}

/// An asynchronous driver: it answers when it is asked for the second time.
struct Slow(Mutex<Connection>);

impl AsyncOutboxTx for Slow {
    type Error = rusqlite::Error;

    async fn append<'a>(
        &'a mut self,
        rows: &'a [OutboxRow<'a>],
    ) -> Result<Inserted, rusqlite::Error> {
        let mut is_asked = false;
        std::future::poll_fn(|context| {
            if std::mem::replace(&mut is_asked, true) {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
        PlainTx(&self.0.lock().unwrap()).append(rows)
    }
}

/// Runs a future that can be sent to another thread.
fn block_on<T>(future: impl Future<Output = T> + Send) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return done;
        }
    }
}

#[test]
fn every_adapter_writes_the_same_rows() {
    let (shop, adapted, plain) = (Shop::new(), database(), database());
    let slow = database();
    let mut events = shop.outbox.events();
    for (connection, order_id) in [(&adapted, 1), (&plain, 2), (&slow, 3)] {
        place(connection, &mut events, order_id).unwrap();
        refuse(&mut events, 1, 1);
    }
    for connection in [&adapted, &plain, &slow] {
        connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    }
    let unflushed = events.savepoint();
    let flushed = Flushed { written: 4, duplicates: 2 };
    assert_eq!(events.flush(&mut SqliteTx(&adapted)).unwrap(), flushed);
    events.roll_back_to(unflushed);
    assert_eq!(events.flush(&mut PlainTx(&plain)).unwrap(), flushed);
    events.roll_back_to(unflushed);
    let mut slow = Slow(slow.into());
    assert_eq!(block_on(events.flush_async(&mut slow)).unwrap(), flushed);

    let expected = rows(&adapted);
    assert_eq!(expected.len(), 4);
    assert_eq!(rows(&plain), expected);
    assert_eq!(rows(&slow.0.lock().unwrap()), expected);
    assert_eq!(events.committed(), 4);
    assert_eq!(shop.counts(), [4, 2, 0]);
}

#[test]
fn a_row_is_never_changed() {
    let (shop, mut connection) = (Shop::new(), database());
    shop.outbox.transaction(&mut connection, |tx, events| place(tx, events, 1)).unwrap();
    let before = rows(&connection);
    for change in ["event_type = 'x'", "envelope = envelope", "seq = seq + 1"] {
        let sql = format!("UPDATE domain_events SET {change}");
        let refused = connection.execute(&sql, []).unwrap_err().to_string();
        assert_eq!(refused, "domain_events is append-only: insert a new event instead");
    }
    assert_eq!(rows(&connection), before);
    // A purge deletes. The next event does not get the number of the deleted one.
    connection.execute("DELETE FROM domain_events", []).unwrap();
    shop.outbox.transaction(&mut connection, |tx, events| place(tx, events, 2)).unwrap();
    assert_eq!(rows(&connection)[0][0], Value::Integer(2));
    assert_eq!(count(&connection, "domain_events"), 1);
}
