//! What fails leaves neither the change nor its events, in the table and in the sinks.

use crate::fixture::disk::Directory;
use crate::fixture::events::order_pay_completed;
use crate::fixture::{Shop, count, database, orders_and_events, place};
use event_core::Emit;
use event_outbox_rusqlite::{Error, flush};
use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

/// Nothing is left of a transaction with two events, and the next one works.
fn is_rolled_back(shop: &Shop, connection: &mut Connection) {
    assert_eq!(orders_and_events(connection), (vec![], vec![]));
    assert_eq!((shop.counts(), shop.memory.records().len()), ([0, 2, 0], 0));
    assert!(shop.incidents().is_empty(), "a rollback is no incident: {:?}", shop.incidents());
    assert!(connection.is_autocommit());
    shop.outbox.transaction(connection, |tx, events| place(tx, events, 100)).unwrap();
    assert_eq!(orders_and_events(connection), (vec![100], vec![100]));
    assert_eq!(shop.counts(), [1, 2, 0]);
}

#[test]
fn an_error_of_the_closure() {
    let (shop, mut connection) = (Shop::new(), database());
    let failed = shop.outbox.transaction(&mut connection, |tx, events| {
        place(tx, events, 1)?;
        flush(tx, events)?;
        place(tx, events, 2)?;
        tx.execute("INSERT INTO orders VALUES (1, 1)", [])?;
        Ok::<_, Error>(())
    });
    let text = failed.unwrap_err().to_string();
    assert!(text.contains("UNIQUE constraint failed: orders.id"), "{text}");
    is_rolled_back(&shop, &mut connection);
}

#[test]
fn a_panic_of_the_closure() {
    let (shop, mut connection) = (Shop::new(), database());
    let unwound = catch_unwind(AssertUnwindSafe(|| {
        shop.outbox.transaction(&mut connection, |tx, events| {
            place(tx, events, 1)?;
            flush(tx, events)?;
            place(tx, events, 2)?;
            // A panic without the noise of the hook.
            resume_unwind(Box::new("the closure's"));
            #[allow(unreachable_code, reason = "the type of the closure")]
            Ok::<_, Error>(())
        })
    }));
    assert_eq!(unwound.unwrap_err().downcast_ref(), Some(&"the closure's"));
    is_rolled_back(&shop, &mut connection);
}

#[test]
fn an_insert_that_fails() {
    let (shop, mut connection) = (Shop::new(), database());
    connection
        .execute_batch(
            "CREATE TRIGGER refuse BEFORE INSERT ON domain_events WHEN NEW.entity_id = '2' BEGIN
                 SELECT RAISE(ABORT, 'order 2 is refused');
             END",
        )
        .unwrap();
    let failed = shop.outbox.transaction(&mut connection, |tx, events| {
        place(tx, events, 1)?;
        place(tx, events, 2)
    });
    assert!(matches!(&failed, Err(Error::Sqlite(_))), "{failed:?}");
    assert_eq!(failed.unwrap_err().to_string(), "order 2 is refused");
    is_rolled_back(&shop, &mut connection);
}

/// Which rows it has written is unknown: a second flush could write them twice.
#[test]
fn a_transaction_does_not_go_on_after_a_flush_that_fails() {
    let (shop, mut connection) = (Shop::new(), database());
    connection
        .execute_batch(
            "CREATE TABLE refused (id TEXT); INSERT INTO refused VALUES ('2');
             CREATE TRIGGER refuse BEFORE INSERT ON domain_events
             WHEN NEW.entity_id IN (SELECT id FROM refused) BEGIN
                 SELECT RAISE(ABORT, 'it is refused');
             END",
        )
        .unwrap();
    let failed = shop.outbox.transaction(&mut connection, |tx, events| {
        place(tx, events, 1)?;
        place(tx, events, 2)?;
        // The mistake: the error is not returned.
        assert!(flush(tx, events).is_err());
        tx.execute("DELETE FROM refused", [])?;
        Ok::<_, Error>(())
    });
    assert!(matches!(failed, Err(Error::Unfinished)), "{failed:?}");
    let text = failed.unwrap_err().to_string();
    assert!(text.contains("\nhelp: return the first error of a transaction"), "{text}");
    connection.execute_batch("DELETE FROM refused").unwrap();
    is_rolled_back(&shop, &mut connection);
}

#[test]
fn a_commit_that_fails() {
    let (shop, mut connection) = (Shop::new(), database());
    connection
        .execute_batch(
            "PRAGMA foreign_keys = ON;
             CREATE TABLE lines (
                 order_id INTEGER REFERENCES orders DEFERRABLE INITIALLY DEFERRED
             )",
        )
        .unwrap();
    let failed = shop.outbox.transaction(&mut connection, |tx, events| {
        place(tx, events, 1)?;
        place(tx, events, 2)?;
        tx.execute("INSERT INTO lines VALUES (3)", [])?;
        Ok::<_, Error>(())
    });
    assert_eq!(failed.unwrap_err().to_string(), "FOREIGN KEY constraint failed");
    assert_eq!(count(&connection, "lines"), 0);
    is_rolled_back(&shop, &mut connection);
}

#[test]
fn an_event_that_the_emitter_refuses() {
    let (shop, mut connection) = (Shop::new(), database());
    let failed = shop.outbox.transaction(&mut connection, |tx, events| {
        place(tx, events, 1)?;
        place(tx, events, 2)?;
        order_pay_completed(1, false).emit_to(events);
        Ok::<_, Error>(())
    });
    assert!(matches!(failed, Err(Error::Refused { events: 1 })), "{failed:?}");
    assert_eq!(
        failed.unwrap_err().to_string(),
        "1 event(s) of the transaction are refused, see the emitter's incidents"
    );
    let incidents = format!("{:?}", shop.incidents.lock().unwrap().drain(..).collect::<Vec<_>>());
    assert!(incidents.contains("order_pay_completed"), "{incidents}");
    is_rolled_back(&shop, &mut connection);
}

/// SQLite rolls back by itself if the disk is full; a trigger does it here. A closure that goes on
/// after the error has no transaction any more.
#[test]
fn a_transaction_that_sqlite_has_rolled_back_takes_no_events() {
    let (shop, mut connection) = (Shop::new(), database());
    connection
        .execute_batch(
            "CREATE TRIGGER full BEFORE INSERT ON orders WHEN NEW.id = 2 BEGIN
                 SELECT RAISE(ROLLBACK, 'full');
             END",
        )
        .unwrap();
    let failed = shop.outbox.transaction(&mut connection, |tx, events| {
        place(tx, events, 1)?;
        assert!(place(tx, events, 2).is_err());
        // The mistake: the error is not returned.
        place(&Connection::open_in_memory()?, events, 3).unwrap_err();
        refuse_all(events);
        Ok::<_, Error>(())
    });
    assert!(matches!(failed, Err(Error::NoTransaction)), "{failed:?}");
    let text = failed.unwrap_err().to_string();
    assert!(text.starts_with("no transaction is open\nhelp: "), "{text}");
    is_rolled_back(&shop, &mut connection);
}

fn refuse_all(events: &mut event_outbox::TxEvents) {
    crate::fixture::refuse(events, 1, 1);
}

#[test]
fn a_flush_without_a_transaction() {
    let (shop, mut connection) = (Shop::new(), database());
    let mut events = shop.outbox.events();
    crate::fixture::refuse(&mut events, 1, 1);
    crate::fixture::refuse(&mut events, 1, 2);
    let refused = flush(&connection, &mut events);
    assert!(matches!(refused, Err(Error::NoTransaction)), "{refused:?}");
    events.rolled_back();
    is_rolled_back(&shop, &mut connection);
}

#[test]
fn a_database_without_the_tables() {
    let (shop, mut connection) = (Shop::new(), Connection::open_in_memory().unwrap());
    let failed = shop.outbox.transaction(&mut connection, |_, events| {
        crate::fixture::refuse(events, 1, 1);
        Ok::<_, Error>(())
    });
    let text = failed.unwrap_err().to_string();
    let help = "help: make the outbox's tables with `migrate`";
    assert!(text.contains("no such table: domain_events") && text.ends_with(help), "{text}");
}

#[test]
fn a_second_writer_waits_as_long_as_busy_timeout() {
    const HELD: Duration = Duration::from_millis(150);
    let (shop, directory) = (Shop::new(), Directory::new());
    let mut other = directory.database();
    let mut connection = Connection::open(directory.file()).unwrap();

    connection.busy_timeout(Duration::ZERO).unwrap();
    let held = other.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    let refused = shop.outbox.transaction(&mut connection, |_, _| -> Result<(), Error> {
        unreachable!("the transaction does not begin")
    });
    let Err(Error::Sqlite(error)) = &refused else { panic!("{refused:?}") };
    assert_eq!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy));
    let text = refused.unwrap_err().to_string();
    assert!(text.starts_with("database is locked\nhelp: ") && text.contains("`busy_timeout`"));

    connection.busy_timeout(Duration::from_secs(60)).unwrap();
    let begun = Instant::now();
    std::thread::scope(|threads| {
        let waiting = threads
            .spawn(|| shop.outbox.transaction(&mut connection, |tx, events| place(tx, events, 1)));
        std::thread::sleep(HELD);
        held.commit().unwrap();
        waiting.join().unwrap().unwrap();
    });
    assert!(begun.elapsed() >= HELD);
    assert_eq!(orders_and_events(&other), (vec![1], vec![1]));
    assert_eq!(shop.counts(), [1, 0, 0]);
}
