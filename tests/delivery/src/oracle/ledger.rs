//! What was committed.

use crate::store::{Rows, Store};
use std::collections::BTreeMap;

/// An event that was committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its place in the outbox.
    pub seq: i64,
    /// Its id.
    pub event_id: String,
    /// Its order.
    pub order: String,
    /// The version of the order.
    pub version: u64,
}

/// What was committed, and how far a relay is.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The events, by place, also those that were purged.
    pub facts: Vec<Fact>,
    /// How often each order was changed.
    pub orders: BTreeMap<String, u64>,
    /// How many events are parked, by state.
    pub parked: BTreeMap<String, u64>,
    /// The cursor of the target.
    pub cursor: i64,
}

impl Ledger {
    /// Reads the database of a shop.
    ///
    /// # Panics
    ///
    /// If it cannot be read, or has no tables of a shop.
    pub fn read(store: &Store, target: &str) -> Self {
        let [facts, orders, parked, cursor] = store.rows([
            "SELECT seq, event_id, entity_id, entity_version FROM purged
            UNION ALL SELECT seq, event_id, entity_id, entity_version FROM domain_events
            ORDER BY seq",
            "SELECT id, version FROM orders",
            &format!(
                "SELECT state, count(*) FROM outbox_parked WHERE target = '{target}' GROUP BY state"
            ),
            &format!("SELECT max(low_seq) FROM outbox_cursor WHERE target = '{target}'"),
        ]);
        let facts = facts.into_iter().map(|row| {
            let [seq, event_id, order, version] = row.try_into().expect("4 columns");
            Fact { seq: number(&seq), event_id, order, version: number(&version).unsigned_abs() }
        });
        Self {
            facts: facts.collect(),
            orders: counts(orders),
            parked: counts(parked),
            // NULL: no relay has begun.
            cursor: cursor[0][0].parse().unwrap_or(0),
        }
    }

    /// The place of the newest event.
    pub fn newest(&self) -> i64 {
        self.facts.last().map_or(0, |fact| fact.seq)
    }
}

fn number(text: &str) -> i64 {
    text.parse().unwrap_or_else(|_| panic!("not a number: {text}"))
}

fn counts(rows: Rows) -> BTreeMap<String, u64> {
    let of_row = |row: Vec<String>| {
        let [name, count] = row.try_into().expect("2 columns");
        (name, number(&count).unsigned_abs())
    };
    rows.into_iter().map(of_row).collect()
}
