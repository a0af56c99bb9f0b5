//! A store in PostgreSQL, on a server of its own.

use crate::fill::EVENTS_OF_AN_ORDER;
use crate::measure::Database;
use event_store::{Query, postgres};
use test_servers::Postgres as Server;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls};

pub(crate) struct Postgres {
    client: Client,
    runtime: Runtime,
    /// Ends when it is dropped.
    _server: Server,
}

impl Postgres {
    /// An empty store. `None` if PostgreSQL is not installed.
    pub(crate) fn start() -> Option<Self> {
        // What writes at times of its own is off.
        let server = Server::setup().setting("autovacuum", "off").setting("fsync", "off");
        let server = server.setting("max_wal_size", "4GB").start()?;
        let url = server.database("store");
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let client = runtime.block_on(async {
            let (mut client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
            tokio::spawn(connection);
            event_outbox_tokio_postgres::migrate(&mut client).await.unwrap();
            client
        });
        Some(Self { client, runtime, _server: server })
    }
}

impl Database for Postgres {
    const NAME: &'static str = "PostgreSQL";

    fn fill(&mut self, first: u32, last: u32) {
        let orders = i64::from(last / EVENTS_OF_AN_ORDER);
        let (first, last) = (i64::from(first), i64::from(last));
        let filled = async { self.client.execute(FILL, &[&first, &last, &orders]).await };
        self.runtime.block_on(filled).unwrap();
    }

    fn settle(&mut self) {
        self.run("VACUUM ANALYZE domain_events");
        self.run("CHECKPOINT");
    }

    fn run(&mut self, sql: &str) {
        self.runtime.block_on(self.client.batch_execute(sql)).unwrap();
    }

    fn ask<Q: Query + Unpin>(&self, query: &Q) -> u64 {
        self.runtime.block_on(async {
            let (mut rows, mut answer) = (0, postgres::stream(&self.client, query).await.unwrap());
            while let Some(row) = answer.next().await {
                row.map(drop).unwrap();
                rows += 1;
            }
            rows
        })
    }

    fn read(&self, sql: &str) {
        std::hint::black_box(self.runtime.block_on(self.client.query(sql, &[])).unwrap());
    }
}

const FILL: &str = "
INSERT INTO domain_events (event_id, event_type, event_version, entity_type, entity_id,
    entity_version, occurred_at, recorded_at, envelope)
SELECT CAST(event_id AS uuid), event_type, 1, 'order', entity_id, number, occurred_at, occurred_at,
    json_build_object('event_id', event_id, 'event_type', event_type, 'event_version', 1,
        'occurred_at', occurred_at, 'recorded_at', occurred_at, 'level', 'info',
        'entity', json_build_object('type', 'order', 'id', entity_id),
        'context', json_build_object('service', 'shop', 'note', repeat('x', 500)),
        'payload', json_build_object('order_id', entity_id, 'amount_cents', 4999,
            'before', 'placed', 'after', 'paid'))
FROM (
    SELECT number, 'ord_' || ((number * 2654435761 % 4294967296) % CAST($3 AS bigint)) AS entity_id,
        CASE (number * 40503 % 65536) % 4
            WHEN 0 THEN 'order.payment.started' WHEN 1 THEN 'order.payment.completed'
            WHEN 2 THEN 'order.ship.completed' ELSE 'order.payment.failed' END AS event_type,
        '019cebab-8995-7cb0-9b1f-' || lpad(to_hex(number), 12, '0') AS event_id,
        to_timestamp(1767225600 + number * 20) + number % 1000000 * interval '1 us' AS occurred_at
    FROM generate_series(CAST($1 AS bigint), CAST($2 AS bigint)) AS number
) AS named";
