//! `migrate`.

use crate::shop::{Ran, Shop};
use event_outbox::sql::sqlite::{MIGRATIONS, SCHEMA_TABLE};
use rusqlite::Connection;

#[test]
fn tables_are_made_once() {
    let shop = Shop::empty();
    let ran = shop.run("migrate");
    assert_eq!(ran.code, 101);
    assert!(ran.err.contains("`event-relay migrate --create`"), "{ran:?}");
    assert!(!shop.database.exists(), "a wrong path makes no file");
    let out = shop.run("migrate --create").ok();
    assert_eq!(out, "migrated the tables from version 0 to 2\n");
    for words in ["migrate", "migrate --create"] {
        assert_eq!(shop.run(words).ok(), "the tables have version 2; nothing was changed\n");
    }
    shop.order("o-1", 0);
    assert_eq!(shop.seqs(), "1");
}

#[test]
fn older_tables_are_refused_until_they_are_migrated() {
    let shop = Shop::empty();
    let connection = Connection::open(&shop.database).unwrap();
    connection.execute_batch(SCHEMA_TABLE).unwrap();
    connection.execute_batch(MIGRATIONS[0].sql).unwrap();
    connection.execute("INSERT INTO outbox_schema VALUES (1, '', '')", []).unwrap();
    shop.order("o-1", 0);
    shop.cursor("billing", 1, 0);
    let ran = shop.run("status");
    let text = "its tables have version 1, and this program needs version 2\nhelp: run \
                `event-relay migrate`\n";
    assert!(ran.code == 101 && ran.err.ends_with(text), "{ran:?}");
    assert_eq!(shop.run("migrate").ok(), "migrated the tables from version 1 to 2\n");
    assert_eq!((shop.run("status").code, shop.seqs().as_str()), (0, "1"));
}

#[test]
fn the_tables_of_an_application_stay() {
    let shop = Shop::empty();
    let sql = "CREATE TABLE orders (id INTEGER); INSERT INTO orders VALUES (7);";
    Connection::open(&shop.database).unwrap().execute_batch(sql).unwrap();
    shop.run("migrate").ok();
    assert_eq!(shop.query("SELECT id FROM orders"), "7");
}

/// The objects of a database, without what is only SQLite's.
fn objects(shop: &Shop) -> String {
    shop.query("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
}

#[test]
fn printed_steps_make_the_same_tables() {
    let (own, other) = (Shop::new(), Shop::empty());
    // It needs no database.
    let printed = Ran::of(other.command().args(["migrate", "--print"])).ok();
    Connection::open(&other.database).unwrap().execute_batch(&printed).unwrap();
    assert_eq!(objects(&other), objects(&own));
    let versions = "SELECT version, name, migrated_at LIKE '20__-__-__T__:__:__%Z'
        FROM outbox_schema";
    assert_eq!(other.query(versions), own.query(versions));
    assert_eq!(other.query(versions), "1|events, delivery and inbox|1\n2|leases of relays|1");
    let out = other.run("migrate").ok();
    assert_eq!(out, "the tables have version 2; nothing was changed\n");
    for role in ["the application  inserts into domain_events", "the relay        selects"] {
        assert!(printed.contains(role), "{printed}");
    }
}
