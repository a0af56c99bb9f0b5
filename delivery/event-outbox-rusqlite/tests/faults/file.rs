//! Files that cannot be written, or are no database, or a damaged one.

use crate::change;
use crate::fixture::child::{command, database_of_child, said};
use crate::fixture::disk::Directory;
use crate::fixture::{Shop, make_tables};
use event_outbox_rusqlite::{inbox, migrate};
use rusqlite::Connection;
use std::fs::{self, OpenOptions, Permissions};
use std::os::unix::fs::{FileExt, MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;

/// Not a test: a change by a process that may not write.
#[test]
fn child() {
    let Some(path) = database_of_child() else { return };
    let mut connection = Connection::open(path).unwrap();
    migrate(&mut connection).unwrap();
    let changed =
        Shop::new().outbox.transaction(&mut connection, |tx, events| change(tx, events, 1));
    println!("[{}]", changed.unwrap_err());
}

/// What a process says that has these permissions to a database with tables.
fn refused(file: u32, directory_mode: u32) -> String {
    const OTHERS: u32 = 65_534;
    let directory = Directory::new();
    make_tables(&mut Connection::open(directory.file()).unwrap());
    fs::set_permissions(directory.file(), Permissions::from_mode(file)).unwrap();
    fs::set_permissions(directory.path(), Permissions::from_mode(directory_mode)).unwrap();
    let mut command = command("file::child", &directory);
    // Permissions do not bind the superuser, who runs this test perhaps.
    if fs::metadata(directory.path()).unwrap().uid() == 0 {
        command.uid(OTHERS);
    }
    let said = said(command.spawn().unwrap());
    fs::set_permissions(directory.path(), Permissions::from_mode(0o755)).unwrap();
    let connection = Connection::open(directory.file()).unwrap();
    assert_eq!(crate::changes(&connection), 0);
    said
}

const WRITE: &str =
    "\nhelp: let this process write the database's file and its directory, where the journal is";

#[test]
fn a_read_only_file() {
    assert_eq!(refused(0o444, 0o555), format!("attempt to write a readonly database{WRITE}"));
}

#[test]
fn a_read_only_directory() {
    let said = refused(0o666, 0o555);
    let error = said.strip_suffix(WRITE);
    assert!(
        matches!(error, Some(e) if e.contains("readonly") || e.contains("unable to open")),
        "{said}"
    );
}

#[test]
fn a_file_that_is_no_database() {
    let directory = Directory::new();
    fs::write(
        directory.file(),
        "# A page of text, long enough for a header of SQLite.\n".repeat(9),
    )
    .unwrap();
    let before = fs::read(directory.file()).unwrap();
    let mut connection = Connection::open(directory.file()).unwrap();
    let expected = "file is not a database\n\
                    help: check the path: it is a file of another kind, or encrypted";
    assert_eq!(migrate(&mut connection).unwrap_err().to_string(), expected);
    let changed =
        Shop::new().outbox.transaction(&mut connection, |tx, events| change(tx, events, 1));
    assert_eq!(changed.unwrap_err().to_string(), expected);
    drop(connection);
    assert_eq!(fs::read(directory.file()).unwrap(), before);
}

/// Overwrites the page in which a table begins.
fn corrupt(directory: &Directory, table: &str) -> Connection {
    let connection = Connection::open(directory.file()).unwrap();
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap();
    let page = number(&format!("SELECT rootpage FROM sqlite_schema WHERE name = '{table}'"));
    let size = number("PRAGMA page_size");
    drop(connection);
    let bytes = vec![0xAB; usize::try_from(size).unwrap()];
    let file = OpenOptions::new().write(true).open(directory.file()).unwrap();
    file.write_all_at(&bytes, u64::from((page - 1) * size)).unwrap();
    Connection::open(directory.file()).unwrap()
}

#[test]
fn a_corrupt_page() {
    const HELP: &str = "help: stop all writers, and restore a backup or run `.recover` of the \
                        `sqlite3` command";
    let (shop, directory) = (Shop::new(), Directory::new());
    make_tables(&mut Connection::open(directory.file()).unwrap());
    let mut connection = corrupt(&directory, "domain_events");
    let changed = shop.outbox.transaction(&mut connection, |tx, events| change(tx, events, 1));
    let text = changed.unwrap_err().to_string();
    assert_eq!(text, format!("database disk image is malformed\n{HELP}"));
    assert_eq!((shop.counts(), crate::fixture::count(&connection, "orders")), ([0, 1, 0], 0));

    let mut connection = corrupt(&directory, "inbox_seen");
    let tx = connection.transaction().unwrap();
    let marked = inbox::once(&tx, "invoices", "shop", event_core::EventId::new());
    assert!(marked.unwrap_err().to_string().ends_with(HELP));
    drop(tx);

    let mut connection = corrupt(&directory, "outbox_schema");
    assert!(migrate(&mut connection).unwrap_err().to_string().ends_with(HELP));
}
