//! A clock that steps back.

use crate::fixture::{START, Shop, database};
use crate::{change, changes};
use event_core::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

#[test]
fn the_order_of_the_table_is_no_matter_of_the_clock() {
    const HOUR: i64 = 3_600_000_000;
    let ticks = AtomicI64::new(START);
    let shop =
        Shop::with_clock(move || Timestamp::from_micros(ticks.fetch_sub(HOUR, Ordering::Relaxed)));
    let mut connection = database();
    for order_id in [1, 2, 1, 1, 2, 1] {
        shop.outbox
            .transaction(&mut connection, |tx, events| change(tx, events, order_id))
            .unwrap();
    }
    assert_eq!(changes(&connection), 6);
    let sql = "SELECT entity_id || '.' || entity_version, recorded_at FROM domain_events";
    let mut select = connection.prepare(&format!("{sql} ORDER BY seq")).unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let rows: Vec<(String, String)> = rows.map(Result::unwrap).collect();
    let versions: Vec<&str> = rows.iter().map(|(version, _)| version.as_str()).collect();
    assert_eq!(versions, ["1.1", "2.1", "1.2", "1.3", "2.2", "1.4"]);
    assert!(rows.is_sorted_by(|one, next| one.1 > next.1), "the clock did step back: {rows:?}");
}
