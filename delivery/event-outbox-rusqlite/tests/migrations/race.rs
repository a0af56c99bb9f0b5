//! Programs that start at once: one migrates, the others wait for it.

use crate::fixture::child::{command, database_of_child, said};
use crate::fixture::disk::Directory;
use crate::{NEWEST, is_usable};
use event_outbox_rusqlite::{Migrated, migrate};
use rusqlite::Connection;
use std::sync::Barrier;

const PROGRAMS: usize = 8;

/// One has made the tables, and the others have found them.
fn one_has_migrated(mut from: Vec<u32>) {
    from.sort_unstable();
    assert_eq!(from, [0, NEWEST, NEWEST, NEWEST, NEWEST, NEWEST, NEWEST, NEWEST]);
}

#[test]
fn threads() {
    for _ in 0..5 {
        let (directory, barrier) = (Directory::new(), Barrier::new(PROGRAMS));
        let migrate_at_once = || {
            let mut connection = Connection::open(directory.file()).unwrap();
            barrier.wait();
            let Migrated { from, to } = migrate(&mut connection).unwrap();
            assert_eq!(to, NEWEST);
            from
        };
        let from = std::thread::scope(|threads| {
            let started: Vec<_> = (0..PROGRAMS).map(|_| threads.spawn(migrate_at_once)).collect();
            started.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        one_has_migrated(from);
        is_usable(&mut Connection::open(directory.file()).unwrap());
    }
}

/// Not a test: one of the processes of the test below.
#[test]
fn child() {
    let Some(path) = database_of_child() else { return };
    let mut connection = Connection::open(path).unwrap();
    println!("[{}]", migrate(&mut connection).unwrap().from);
}

#[test]
fn processes() {
    let directory = Directory::new();
    let start = |_| command("race::child", &directory).spawn().unwrap();
    let children: Vec<_> = (0..PROGRAMS).map(start).collect();
    one_has_migrated(children.into_iter().map(|child| said(child).parse().unwrap()).collect());
    is_usable(&mut Connection::open(directory.file()).unwrap());
}
