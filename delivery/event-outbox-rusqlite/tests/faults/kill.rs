//! Producers that are killed: a change has its event, or neither is there.

use crate::fixture::child::{command, database_of_child, start};
use crate::fixture::disk::Directory;
use crate::fixture::{Shop, make_tables};
use crate::{change, changes, is_sound};
use event_outbox_rusqlite::{Error, flush, savepoint};
use rusqlite::Connection;
use std::time::Duration;

const ROUNDS: u64 = 20;

/// Not a test: it changes orders without end. Some transactions fail, some savepoints too.
#[test]
fn child() {
    let Some(path) = database_of_child() else { return };
    let (shop, mut connection) = (Shop::new(), Connection::open(path).unwrap());
    // What a killed process has written is with the system: only a crash of the machine loses it.
    connection.pragma_update(None, "synchronous", "OFF").unwrap();
    println!("begun");
    for number in 0.. {
        let outcome = shop.outbox.transaction(&mut connection, |tx, events| {
            change(tx, events, number % 7)?;
            let nested = savepoint(tx, events, |tx, events| {
                change(tx, events, number % 5)?;
                flush(tx, events)?;
                change(tx, events, number % 3)?;
                if number % 4 == 0 { Err(Error::NoTransaction) } else { Ok(()) }
            });
            assert_eq!(nested.is_err(), number % 4 == 0);
            change(tx, events, number % 2)?;
            if number % 6 == 0 { Err(Error::NoTransaction) } else { Ok(()) }
        });
        assert_eq!(outcome.is_err(), number % 6 == 0, "{outcome:?}");
    }
}

fn killed_in_a_loop(mode: &str) {
    let directory = Directory::new();
    let mut connection = Connection::open(directory.file()).unwrap();
    connection.pragma_update(None, "journal_mode", mode).unwrap();
    make_tables(&mut connection);
    drop(connection);
    let mut before = 0;
    for round in 0..ROUNDS {
        let children = [(); 2].map(|()| start(command("kill::child", &directory)));
        // Spread over 5 to 45 ms, each at another point.
        std::thread::sleep(Duration::from_micros(5_000 + round * 7_919 % 40_000));
        for mut child in children {
            child.kill().unwrap();
            assert!(!child.wait().unwrap().success(), "it was killed, and did not end");
        }
        let connection = Connection::open(directory.file()).unwrap();
        let now = changes(&connection);
        assert!(now >= before, "{now} changes after {before}");
        before = now;
    }
    is_sound(&Connection::open(directory.file()).unwrap());
    assert!(before > 100, "{before} changes");
}

#[test]
fn with_a_write_ahead_log() {
    killed_in_a_loop("WAL");
}

#[test]
fn with_a_rollback_journal() {
    killed_in_a_loop("DELETE");
}
