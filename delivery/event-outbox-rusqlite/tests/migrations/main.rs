//! The outbox's tables: what they are, and that they are made once, whatever happens meanwhile.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

mod crash;
#[path = "../fixture/mod.rs"]
mod fixture;
mod race;

use event_outbox::sql::sqlite::{MIGRATIONS, SCHEMA_TABLE};
use event_outbox_rusqlite::{Error, Migrated, migrate, schema_version};
use fixture::disk::Directory;
use fixture::{Shop, database, place};
use rusqlite::{Connection, OpenFlags};
use std::fs;

/// The version of the tables that this program makes.
const NEWEST: u32 = 2;

/// What `.schema` of SQLite's own shell prints.
fn schema(connection: &Connection) -> String {
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid";
    let mut select = connection.prepare(sql).unwrap();
    let statements = select.query_map([], |row| row.get::<_, String>(0)).unwrap();
    statements.map(|sql| sql.unwrap() + ";\n").collect()
}

#[test]
fn the_tables_are_those_of_the_snapshot() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrate(&mut connection).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/migrations/schema.sql");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(path, schema(&connection)).unwrap();
    }
    assert_eq!(
        schema(&connection),
        fs::read_to_string(path).unwrap(),
        "a step is never changed: add one. `UPDATE_SNAPSHOTS=1 cargo test -p event-outbox-rusqlite \
         --test migrations` writes the snapshot"
    );
}

#[test]
fn a_second_migration_changes_nothing() {
    let directory = Directory::new();
    let mut connection = Connection::open(directory.file()).unwrap();
    assert_eq!(schema_version(&connection).unwrap(), 0);
    assert_eq!(migrate(&mut connection).unwrap(), Migrated { from: 0, to: NEWEST });
    let bytes = fs::read(directory.file()).unwrap();
    assert_eq!(migrate(&mut connection).unwrap(), Migrated { from: NEWEST, to: NEWEST });
    assert_eq!(schema_version(&connection).unwrap(), NEWEST);
    assert_eq!(fs::read(directory.file()).unwrap(), bytes);

    // It needs no lock, and no right to write.
    let mut reader =
        Connection::open_with_flags(directory.file(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let writer = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate);
    assert_eq!(migrate(&mut reader).unwrap(), Migrated { from: NEWEST, to: NEWEST });
    drop(writer);
}

/// A database of version 1 with rows in it.
#[test]
fn older_tables_keep_their_rows() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SCHEMA_TABLE).unwrap();
    connection.execute_batch(MIGRATIONS[0].sql).unwrap();
    connection
        .execute_batch(
            "INSERT INTO outbox_schema VALUES (1, 'events, delivery and inbox', 'then');
             INSERT INTO domain_events (event_id, event_type, event_version, occurred_at,
                 recorded_at, envelope) VALUES ('a', 'order.created', 1, '', '', '{}');
             INSERT INTO outbox_cursor VALUES ('billing', 7, 3, 9, 'then');",
        )
        .unwrap();
    assert_eq!(migrate(&mut connection).unwrap(), Migrated { from: 1, to: NEWEST });
    let sql = "SELECT target, low_seq, fence, published, updated_at, owner, lease_until
        FROM outbox_cursor";
    let cursor: (String, i64, i64, i64, String, Option<String>, Option<String>) = connection
        .query_row(sql, [], |row| {
            let last = (row.get(4)?, row.get(5)?, row.get(6)?);
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, last.0, last.1, last.2))
        })
        .unwrap();
    assert_eq!(cursor, ("billing".to_owned(), 7, 3, 9, "then".to_owned(), None, None));
    let mut fresh = Connection::open_in_memory().unwrap();
    migrate(&mut fresh).unwrap();
    assert_eq!(schema(&connection), schema(&fresh));
    assert_eq!(fixture::count(&connection, "domain_events"), 1);
}

#[test]
fn newer_tables_are_refused_and_unchanged() {
    let directory = Directory::new();
    let mut connection = Connection::open(directory.file()).unwrap();
    migrate(&mut connection).unwrap();
    connection.execute("INSERT INTO outbox_schema VALUES (7, 'later', 'now')", []).unwrap();
    let bytes = fs::read(directory.file()).unwrap();
    let refused = migrate(&mut connection);
    assert!(matches!(refused, Err(Error::NewerSchema(_))), "{refused:?}");
    assert_eq!(
        refused.unwrap_err().to_string(),
        "the outbox's tables have version 7, and this program knows versions up to 2\n\
         help: update this program; it changed nothing"
    );
    assert_eq!(fs::read(directory.file()).unwrap(), bytes);
}

#[test]
fn tables_of_others_are_untouched() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch(
            "PRAGMA user_version = 42; PRAGMA application_id = 7;
             CREATE TABLE orders (id INTEGER PRIMARY KEY, version INTEGER);
             CREATE INDEX orders_version ON orders (version);
             CREATE VIEW newest AS SELECT max(id) FROM orders;
             INSERT INTO orders VALUES (1, 2), (3, 4);",
        )
        .unwrap();
    let before = schema(&connection);
    migrate(&mut connection).unwrap();
    let after = schema(&connection);
    assert!(after.starts_with(&before));
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(number("SELECT sum(id * 10 + version) FROM orders"), 12 + 34);
    assert_eq!((number("PRAGMA user_version"), number("PRAGMA application_id")), (42, 7));
    // Names of the outbox's own, so that they meet no others.
    let sql = "SELECT count(*) FROM sqlite_schema
               WHERE name NOT GLOB 'domain_events*' AND name NOT GLOB 'outbox_*'
                   AND name NOT GLOB 'inbox_*' AND name NOT GLOB 'sqlite_*'";
    assert_eq!(number(sql), 3);
}

#[test]
fn a_table_of_the_same_name_is_not_taken() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("CREATE TABLE inbox_seen (id INTEGER)").unwrap();
    let before = schema(&connection);
    let refused = migrate(&mut connection).unwrap_err().to_string();
    assert!(refused.contains("table inbox_seen already exists"), "{refused}");
    assert_eq!((schema(&connection), schema_version(&connection).unwrap()), (before, 0));
}

#[test]
fn queries_for_an_entity_and_a_type_use_the_indexes() {
    let connection = database();
    let plan = |sql: &str| -> String {
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        connection.query_row(&sql, [], |row| row.get::<_, String>(3)).unwrap()
    };
    for (condition, index) in [
        ("entity_type = 'order' AND entity_id = '7' ORDER BY seq", "domain_events_entity"),
        ("event_type = 'order.created' ORDER BY occurred_at", "domain_events_type"),
        ("deduplication_key = 'x'", "domain_events_deduplication"),
    ] {
        let plan = plan(&format!("SELECT * FROM domain_events WHERE {condition}"));
        assert!(plan.contains(index), "{condition}: {plan}");
    }
}

/// Whatever happened to its migration, the database works after the next.
fn is_usable(connection: &mut Connection) {
    migrate(connection).unwrap();
    let check: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    assert_eq!(schema_version(connection).unwrap(), NEWEST);
    connection
        .execute_batch("CREATE TABLE orders (id INTEGER PRIMARY KEY, version INTEGER NOT NULL)")
        .unwrap();
    Shop::new().outbox.transaction(connection, |tx, events| place(tx, events, 1)).unwrap();
    let events = fixture::count(connection, "domain_events");
    assert_eq!((events, fixture::count(connection, "outbox_schema")), (1, NEWEST.into()));
}
