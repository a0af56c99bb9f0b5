//! The inbox: a message has its effect once for each consumer.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

mod fixture;

use event_core::{EventId, Timestamp};
use event_outbox_rusqlite::{Error, inbox};
use fixture::{count, database};
use rusqlite::Connection;

/// Whether it is seen for the first time, in a transaction that is committed.
fn once(connection: &mut Connection, consumer: &str, source: &str, id: EventId) -> bool {
    let tx = connection.transaction().unwrap();
    let is_first = inbox::once(&tx, consumer, source, id).unwrap();
    tx.commit().unwrap();
    is_first
}

#[test]
fn a_message_is_new_once_for_each_consumer_and_source() {
    let mut connection = database();
    let ids = [EventId::new(), EventId::new()];
    for is_first in [true, false, false] {
        for consumer in ["invoices", "mails"] {
            for source in ["shop", "shop-2"] {
                for id in ids {
                    assert_eq!(once(&mut connection, consumer, source, id), is_first);
                }
            }
        }
    }
    assert_eq!(count(&connection, "inbox_seen"), 8);
}

#[test]
fn within_a_transaction_too() {
    let (mut connection, id) = (database(), EventId::new());
    let tx = connection.transaction().unwrap();
    assert!(inbox::once(&tx, "invoices", "shop", id).unwrap());
    assert!(!inbox::once(&tx, "invoices", "shop", id).unwrap());
}

#[test]
fn a_mark_that_is_rolled_back_is_forgotten() {
    let (mut connection, id) = (database(), EventId::new());
    let tx = connection.transaction().unwrap();
    assert!(inbox::once(&tx, "invoices", "shop", id).unwrap());
    tx.rollback().unwrap();
    assert!(once(&mut connection, "invoices", "shop", id));
    assert!(!once(&mut connection, "invoices", "shop", id));
}

#[test]
fn a_mark_needs_a_transaction() {
    let connection = database();
    let refused = inbox::once(&connection, "invoices", "shop", EventId::new());
    assert!(matches!(refused, Err(Error::NoTransaction)), "{refused:?}");
    assert_eq!(count(&connection, "inbox_seen"), 0);
}

#[test]
fn a_purge_forgets_what_was_seen_before_a_time() {
    let (mut connection, id) = (database(), EventId::new());
    let before = Timestamp::now();
    assert!(once(&mut connection, "invoices", "shop", id));
    assert_eq!(inbox::purge(&connection, before).unwrap(), 0);
    assert!(!once(&mut connection, "invoices", "shop", id));
    let after = Timestamp::from_micros(Timestamp::now().as_micros() + 1);
    assert_eq!(inbox::purge(&connection, after).unwrap(), 1);
    assert!(once(&mut connection, "invoices", "shop", id), "it has its effect again");
}

#[test]
fn without_the_tables_the_error_says_what_to_do() {
    let mut connection = Connection::open_in_memory().unwrap();
    let tx = connection.transaction().unwrap();
    let text = inbox::once(&tx, "invoices", "shop", EventId::new()).unwrap_err().to_string();
    let help = "help: make the outbox's tables with `migrate`";
    assert!(text.contains("no such table: inbox_seen") && text.ends_with(help), "{text}");
}
