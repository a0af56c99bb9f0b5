//! A migration that is killed leaves a database that the next one makes whole.
#![cfg(unix)]

use crate::fixture::child::{command, database_of_child, start};
use crate::fixture::disk::Directory;
use crate::is_usable;
use event_outbox::sql::sqlite::{MIGRATIONS, SCHEMA_TABLE};
use event_outbox_rusqlite::migrate;
use rusqlite::Connection;
use std::fs;
use std::time::Duration;

/// Not a test: it stops in the middle of a step, with half of it in the file.
#[test]
fn child_in_the_middle() {
    let Some(path) = database_of_child() else { return };
    let connection = Connection::open(path).unwrap();
    let first_half = MIGRATIONS[0].sql.split("CREATE TABLE inbox_seen").next().unwrap();
    // A cache of one page writes the other pages to the file before the commit.
    connection.execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE").unwrap();
    connection.execute_batch(SCHEMA_TABLE).unwrap();
    connection.execute_batch(first_half).unwrap();
    println!("begun");
    std::thread::sleep(Duration::from_secs(600));
}

#[test]
fn killed_in_the_middle() {
    let directory = Directory::new();
    // A table of others, so that the database has pages that the journal must bring back.
    let connection = Connection::open(directory.file()).unwrap();
    connection
        .execute_batch("CREATE TABLE other (id INTEGER); INSERT INTO other VALUES (7)")
        .unwrap();
    drop(connection);
    let before = fs::read(directory.file()).unwrap();

    let mut child = start(command("crash::child_in_the_middle", &directory));
    child.kill().unwrap();
    child.wait().unwrap();
    let left = fs::read(directory.file()).unwrap();
    assert!(left != before, "half of the migration is in the file");
    assert!(directory.path().join("shop.db-journal").exists());

    let mut connection = Connection::open(directory.file()).unwrap();
    assert_eq!(event_outbox_rusqlite::schema_version(&connection).unwrap(), 0);
    is_usable(&mut connection);
    assert_eq!(crate::fixture::count(&connection, "other"), 1);
}

/// Not a test: it makes the tables in one database after another.
#[test]
fn child_without_end() {
    let Some(path) = database_of_child() else { return };
    println!("begun");
    for number in 0.. {
        let mut connection = Connection::open(path.with_extension(number.to_string())).unwrap();
        migrate(&mut connection).unwrap();
    }
}

#[test]
fn killed_at_any_moment() {
    let mut databases = 0;
    for round in 0..20_u64 {
        let directory = Directory::new();
        let mut child = start(command("crash::child_without_end", &directory));
        // Spread over 0 to 20 ms, each at another point.
        std::thread::sleep(Duration::from_micros(round * 7_919 % 20_000));
        child.kill().unwrap();
        assert!(!child.wait().unwrap().success(), "it was killed, and did not end");
        for number in 0.. {
            let path = directory.file().with_extension(number.to_string());
            if !path.exists() {
                break;
            }
            is_usable(&mut Connection::open(path).unwrap());
            databases += 1;
        }
    }
    assert!(databases >= 10, "{databases}");
}
