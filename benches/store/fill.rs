//! A store with many events.

use rusqlite::Connection;
use std::path::Path;

pub(crate) const EVENTS_OF_AN_ORDER: u32 = 5;

/// The id of the order that the queries about one entity ask for.
pub(crate) fn entity_id(number: u32) -> String {
    format!("ord_{number}")
}

/// Makes a store. The orders are spread over it, as they are in a shop that has many at a time, and
/// an envelope has 900 bytes.
pub(crate) fn database(path: &Path, events: u32) -> Connection {
    let mut connection = Connection::open(path).unwrap();
    event_outbox_rusqlite::migrate(&mut connection).unwrap();
    connection.execute_batch("PRAGMA journal_mode = wal; PRAGMA synchronous = off").unwrap();
    // 2,654,435,761 is Knuth's multiplicative hash: neighbours are of different orders.
    connection.execute(FILL, (events, events / EVENTS_OF_AN_ORDER)).unwrap();
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    connection
}

const FILL: &str = "
WITH RECURSIVE numbers AS (
    SELECT 1 AS number UNION ALL SELECT number + 1 FROM numbers WHERE number < ?1
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
