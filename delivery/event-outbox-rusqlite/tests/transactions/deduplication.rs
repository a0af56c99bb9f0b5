//! A deduplication key is in the table once. A second event with it is left out, and its
//! transaction goes on.

use crate::fixture::child::{command, database_of_child, said};
use crate::fixture::disk::Directory;
use crate::fixture::{Shop, count, database, orders_and_events, place, refuse};
use event_outbox::Flushed;
use event_outbox_rusqlite::{Error, flush};
use rusqlite::Connection;

const KEYS: u32 = 100;

#[test]
fn a_second_event_with_the_key_is_left_out() {
    let (shop, mut connection) = (Shop::new(), database());
    let mut attempt = |order_id, attempts: &[u32]| {
        shop.outbox.transaction(&mut connection, |tx, events| {
            place(tx, events, order_id)?;
            for attempt in attempts {
                refuse(events, 1, *attempt);
            }
            flush(tx, events)
        })
    };
    // Within one flush, and over transactions.
    let flushed = |written, duplicates| Flushed { written, duplicates };
    assert_eq!(attempt(1, &[1, 2, 1]).unwrap(), flushed(3, 1));
    assert_eq!(attempt(2, &[2, 3]).unwrap(), flushed(2, 1));
    assert_eq!(attempt(3, &[1, 2, 3]).unwrap(), flushed(1, 3));
    assert_eq!(orders_and_events(&connection), (vec![1, 2, 3], vec![1, 2, 3]));
    assert_eq!(count(&connection, "domain_events"), 6);

    let sql = "SELECT group_concat(deduplication_key, ' ')
               FROM domain_events WHERE deduplication_key IS NOT NULL ORDER BY seq";
    let keys: String = connection.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(keys, "order.pay.failed[1,1] order.pay.failed[1,2] order.pay.failed[1,3]");
    let lines = shop.memory.records();
    let names: Vec<&str> = lines.iter().map(|line| line.meta().name.dotted).collect();
    assert_eq!(
        names,
        ["created", "pay.failed", "pay.failed", "created", "pay.failed", "created"]
            .map(|name| format!("order.{name}"))
    );
    assert_eq!(shop.counts(), [6, 5, 0]);
    assert!(shop.incidents().is_empty());
}

#[test]
fn a_transaction_of_duplicates_alone_wakes_no_relay() {
    let (shop, mut connection) = (Shop::new(), database());
    let attempt = |connection: &mut Connection, outbox: &event_outbox_rusqlite::Outbox| {
        outbox.transaction(connection, |_, events| {
            refuse(events, 1, 1);
            Ok::<_, Error>(())
        })
    };
    attempt(&mut connection, &shop.outbox).unwrap();
    let (send, woken) = std::sync::mpsc::channel();
    let waking = shop.outbox.clone().on_commit(move || _ = send.send(()));
    attempt(&mut connection, &waking).unwrap();
    assert!(woken.try_recv().is_err());
    assert_eq!(count(&connection, "domain_events"), 1);
}

/// Not a test: one of the processes of the test below.
#[test]
fn child() {
    let Some(path) = database_of_child() else { return };
    let (shop, mut connection) = (Shop::new(), Connection::open(path).unwrap());
    let mut written = 0;
    for attempt in 0..KEYS {
        let transaction = shop.outbox.transaction(&mut connection, |tx, events| {
            tx.execute("INSERT INTO orders (version) VALUES (1)", [])?;
            refuse(events, 1, attempt);
            flush(tx, events)
        });
        written += transaction.unwrap().written;
    }
    assert_eq!(shop.memory.records().len(), written);
    println!("[{written}]");
}

#[test]
fn of_two_processes_one_writes_each_key() {
    let directory = Directory::new();
    let connection = directory.database();
    let start = || command("deduplication::child", &directory).spawn().unwrap();
    let written = [start(), start()].map(|child| said(child).parse::<u32>().unwrap());
    assert_eq!(written.iter().sum::<u32>(), KEYS);
    assert_eq!(count(&connection, "domain_events"), i64::from(KEYS));
    assert_eq!(count(&connection, "orders"), i64::from(2 * KEYS), "each transaction went on");
}
