//! What a shop leaves behind: its rows, its store of events, what it published and its log.

use rusqlite::Connection;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The directory of a shop that has ended.
pub(crate) struct Data {
    connection: Connection,
    pub(crate) log: Vec<Value>,
    pub(crate) published: Vec<Value>,
}

impl Data {
    pub(crate) fn of(directory: &Path) -> Self {
        Self {
            connection: Connection::open(directory.join("shop.db")).unwrap(),
            log: lines(&directory.join("log.ndjson")),
            published: lines(&directory.join("events.ndjson")),
        }
    }

    /// A column of texts.
    pub(crate) fn column(&self, sql: &str) -> Vec<String> {
        let mut statement = self.connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// How many lines of the log have each event name.
    pub(crate) fn logged(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for line in &self.log {
            *counts.entry(line["event"].as_str().unwrap()).or_default() += 1;
        }
        counts
    }

    /// Each request of the log has one begin and one end, and the log has nothing else of it.
    /// Returns how many there are.
    pub(crate) fn assert_requests_are_whole(&self) -> usize {
        let mut requests: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
        for line in &self.log {
            let end = match line["event"].as_str().unwrap() {
                "request_started" => 0,
                "request_finished" | "request_failed" | "request_cancelled" => 1,
                _ => continue,
            };
            requests.entry(line["request_id"].as_str().unwrap()).or_default()[end] += 1;
        }
        for (id, counts) in &requests {
            assert_eq!(*counts, [1, 1], "begins and ends of request {id}");
        }
        requests.len()
    }

    /// Each business row has its event in the store, each event its row, and all are published.
    pub(crate) fn assert_rows_are_events(&self) {
        let of = |rows: &str, event_type: &str| {
            let events = "SELECT entity_id FROM domain_events WHERE event_type =";
            let events = self.column(&format!("{events} '{event_type}' ORDER BY 1"));
            assert_eq!(self.column(rows), events, "{event_type}");
        };
        of("SELECT id FROM orders ORDER BY 1", "order.created");
        of("SELECT order_id FROM payments ORDER BY 1", "order.payment.completed");

        let stored = self.column("SELECT event_id FROM domain_events ORDER BY seq");
        let published = self.published.iter().map(|event| event["event_id"].as_str().unwrap());
        let mut published: Vec<&str> = published.collect();
        published.sort_unstable();
        let mut stored: Vec<&str> = stored.iter().map(String::as_str).collect();
        stored.sort_unstable();
        assert_eq!(stored, published);
    }
}

fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
