//! A disk that is full.

use crate::fixture::child::{database_of_child, limited, said};
use crate::fixture::disk::Directory;
use crate::fixture::{Shop, make_tables};
use crate::{change, changes, is_sound};
use event_outbox_rusqlite::Error;
use rusqlite::{Connection, ErrorCode};

/// Changes until an error. Returns how many were committed, and the error.
fn change_until_refused(shop: &Shop, connection: &mut Connection) -> (i64, Error) {
    for committed in 0..100_000 {
        let outcome = shop.outbox.transaction(connection, |tx, events| {
            change(tx, events, committed % 50)?;
            change(tx, events, 50 + committed % 50)
        });
        if let Err(error) = outcome {
            return (2 * committed, error);
        }
    }
    unreachable!("the disk does not fill up")
}

/// SQLite's own limit gives `SQLITE_FULL`, as a file system without room does.
#[test]
fn a_database_of_a_maximum_size() {
    let (shop, directory) = (Shop::new(), Directory::new());
    let mut connection = directory.database();
    let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    connection.pragma_update(None, "max_page_count", pages + 60).unwrap();
    let (committed, error) = change_until_refused(&shop, &mut connection);
    let Error::Sqlite(full) = &error else { panic!("{error:?}") };
    assert_eq!(full.sqlite_error_code(), Some(ErrorCode::DiskFull));
    assert_eq!(
        error.to_string(),
        "database or disk is full\n\
         help: make room on the disk of the database, and try again"
    );
    assert!(committed > 20, "{committed}");
    assert_eq!(changes(&connection), committed);
    let [emitted, _, buffered] = shop.counts();
    assert_eq!((emitted, buffered), (u64::try_from(committed).unwrap(), 0));
    assert!(shop.incidents().is_empty());

    // Room is made.
    connection.pragma_update(None, "max_page_count", pages + 1_000).unwrap();
    shop.outbox.transaction(&mut connection, |tx, events| change(tx, events, 7)).unwrap();
    assert_eq!(changes(&connection), committed + 1);
    is_sound(&connection);
}

/// Not a test: what the tests below start under a limit. A file that may not grow fails where the
/// system writes: in the middle of a transaction, or at its commit.
#[test]
fn child() {
    let Some(path) = database_of_child() else { return };
    let (shop, mut connection) = (Shop::new(), Connection::open(path).unwrap());
    // A cache of few pages: SQLite writes before the commit.
    connection.pragma_update(None, "cache_size", 5).unwrap();
    let (committed, error) = change_until_refused(&shop, &mut connection);
    assert!(connection.is_autocommit(), "no transaction is left open");
    assert_eq!(shop.counts()[0], u64::try_from(committed).unwrap());
    assert_eq!(changes(&connection), committed);
    // It is refused again, and says why again.
    let (more, again) = change_until_refused(&shop, &mut connection);
    assert_eq!(changes(&connection), committed + more);
    println!("[{} {error} {again}]", committed + more);
}

fn filled(mode: &str) {
    let directory = Directory::new();
    let mut connection = Connection::open(directory.file()).unwrap();
    connection.pragma_update(None, "journal_mode", mode).unwrap();
    make_tables(&mut connection);
    drop(connection);
    let said = said(limited("full::child", &directory, 600).spawn().unwrap());
    let (committed, errors) = said.split_once(' ').unwrap();
    let committed: i64 = committed.parse().unwrap();
    assert!(committed > 20, "{said}");
    assert!(errors.starts_with("disk I/O error") || errors.contains("is full"), "{said}");
    assert_eq!(errors.matches("\nhelp: ").count(), 2, "{said}");
    // Without the limit, the file has what was committed.
    let mut connection = Connection::open(directory.file()).unwrap();
    is_sound(&connection);
    assert_eq!(changes(&connection), committed);
    Shop::new().outbox.transaction(&mut connection, |tx, events| change(tx, events, 7)).unwrap();
    assert_eq!(changes(&connection), committed + 1);
}

#[test]
fn a_file_that_may_not_grow_with_a_write_ahead_log() {
    filled("WAL");
}

#[test]
fn a_file_that_may_not_grow_with_a_rollback_journal() {
    filled("DELETE");
}
