//! A store in SQLite.

use crate::fill::EVENTS_OF_AN_ORDER;
use crate::measure::Database;
use event_store::{Query, sqlite};
use rusqlite::Connection;
use std::ops::ControlFlow;
use std::path::Path;

pub(crate) struct Sqlite(Connection);

impl Sqlite {
    /// An empty store.
    pub(crate) fn at(path: &Path) -> Self {
        let mut connection = Connection::open(path).unwrap();
        event_outbox_rusqlite::migrate(&mut connection).unwrap();
        connection.execute_batch("PRAGMA journal_mode = wal; PRAGMA synchronous = off").unwrap();
        Self(connection)
    }
}

impl Database for Sqlite {
    const NAME: &'static str = "SQLite";

    fn fill(&mut self, first: u32, last: u32) {
        self.0.execute(FILL, (last, last / EVENTS_OF_AN_ORDER, first)).unwrap();
    }

    fn settle(&mut self) {
        self.0.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    }

    fn run(&mut self, sql: &str) {
        self.0.execute_batch(sql).unwrap();
    }

    fn ask<Q: Query + Unpin>(&self, query: &Q) -> u64 {
        let mut rows = 0;
        let asked = sqlite::each(&self.0, query, |_| {
            rows += 1;
            ControlFlow::Continue(())
        });
        asked.unwrap();
        rows
    }

    fn read(&self, sql: &str) {
        let mut statement = self.0.prepare_cached(sql).unwrap();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            std::hint::black_box(row.get_ref(0).unwrap());
        }
    }
}

const FILL: &str = "
WITH RECURSIVE numbers AS (
    SELECT ?3 AS number UNION ALL SELECT number + 1 FROM numbers WHERE number < ?1
), drawn AS (
    SELECT number, 'ord_' || ((number * 2654435761 % 4294967296) % ?2) AS entity_id,
        (number * 40503 % 65536) % 4 AS kind,
        strftime('%Y-%m-%dT%H:%M:%S', 1767225600 + number * 20, 'unixepoch')
            || printf('.%06dZ', number % 1000000) AS occurred_at
    FROM numbers
), named AS (
    SELECT *, CASE kind
        WHEN 0 THEN 'order.payment.started' WHEN 1 THEN 'order.payment.completed'
        WHEN 2 THEN 'order.ship.completed' ELSE 'order.payment.failed' END AS event_type,
        printf('019cebab-8995-7cb0-9b1f-%012x', number) AS event_id
    FROM drawn
)
INSERT INTO domain_events (event_id, event_type, event_version, entity_type, entity_id,
    entity_version, occurred_at, recorded_at, envelope)
SELECT event_id, event_type, 1, 'order', entity_id, number, occurred_at, occurred_at,
    json_object('event_id', event_id, 'event_type', event_type, 'event_version', 1,
        'occurred_at', occurred_at, 'recorded_at', occurred_at, 'level', 'info',
        'entity', json_object('type', 'order', 'id', entity_id),
        'context', json_object('service', 'shop', 'note', printf('%.*c', 500, 'x')),
        'payload', json_object('order_id', entity_id, 'amount_cents', 4999,
            'before', 'placed', 'after', 'paid'))
FROM named";
