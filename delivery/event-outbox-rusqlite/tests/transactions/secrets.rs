//! Values of masked fields are in no byte that SQLite writes.

use crate::fixture::disk::Directory;
use crate::fixture::events::{CARD, EMAIL, PASSWORD, order_pay_completed};
use crate::fixture::{Shop, make_tables};
use event_core::Emit;
use event_outbox_rusqlite::{Error, flush};
use rusqlite::Connection;
use std::fs;
use std::path::Path;

/// The bytes of all files of a directory, and their names.
fn bytes(directory: &Path) -> (Vec<String>, Vec<u8>) {
    let mut files: Vec<_> = fs::read_dir(directory).unwrap().map(|file| file.unwrap()).collect();
    files.sort_by_key(fs::DirEntry::file_name);
    let names = files.iter().map(|file| file.file_name().into_string().unwrap()).collect();
    (names, files.iter().flat_map(|file| fs::read(file.path()).unwrap()).collect())
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn masked_values_are_in_no_file_of_the_database() {
    // A journal that persists keeps the pages of the last transaction.
    for (mode, journal) in [("WAL", "shop.db-wal"), ("PERSIST", "shop.db-journal")] {
        let (shop, directory) = (Shop::new(), Directory::new());
        let mut connection = Connection::open(directory.file()).unwrap();
        connection.pragma_update(None, "journal_mode", mode).unwrap();
        make_tables(&mut connection);
        for order_id in 0..20 {
            let failed = shop.outbox.transaction(&mut connection, |tx, events| {
                order_pay_completed(order_id, true).emit_to(events);
                flush(tx, events)?;
                order_pay_completed(order_id, order_id % 3 > 0).emit_to(events);
                Ok::<_, Error>(())
            });
            assert_eq!(failed.is_err(), order_id % 3 == 0);
            let said = format!("{failed:?} {:?}", shop.incidents());
            assert!([CARD, PASSWORD, EMAIL].iter().all(|planted| !said.contains(planted)));
        }
        let (names, bytes) = bytes(directory.path());
        assert!(names.contains(&journal.to_owned()), "{names:?}");
        for planted in [CARD, PASSWORD, EMAIL, &CARD[..12]] {
            assert!(!has(&bytes, planted), "{mode}: {planted}");
        }
        // They were emitted: what the mask leaves is there.
        assert!(has(&bytes, "order.pay.completed") && has(&bytes, "****5100"), "{mode}");
    }
}
