//! An outbox in PostgreSQL, and connections that write events of orders.

use event_core::Timestamp;
use event_outbox::sql::postgres::script;
use event_relay::database::DatabaseLocation;
use event_relay::source::{
    Claim, EventSource, Lease, OnPoison, OutboxSource, Progress, Read, SourceError,
};
use std::sync::{Mutex, MutexGuard, PoisonError};
use test_servers::Postgres;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls};

/// An outbox in a database of its own.
pub(crate) struct Outbox {
    pub(crate) server: &'static Postgres,
    pub(crate) url: String,
}

impl Outbox {
    /// `None` if there is no server.
    pub(crate) fn new(name: &str) -> Option<Self> {
        let outbox = Self::without_events(name)?;
        outbox.run(&script());
        Some(outbox)
    }

    /// A database that has only the table of orders. `None` if there is no server.
    pub(crate) fn without_events(name: &str) -> Option<Self> {
        let server = Postgres::shared()?;
        let outbox = Self { server, url: server.database(name) };
        outbox.run("CREATE TABLE orders (id bigint PRIMARY KEY, revision bigint NOT NULL)");
        Some(outbox)
    }

    /// Runs statements as the superuser.
    pub(crate) fn run(&self, sql: &str) -> String {
        self.server.sql(&self.url, sql)
    }

    pub(crate) fn number(&self, sql: &str) -> i64 {
        self.run(sql).parse().unwrap()
    }

    pub(crate) fn connect(&self) -> Connection {
        Connection::open(&self.url)
    }

    pub(crate) fn location(&self) -> DatabaseLocation {
        DatabaseLocation::postgres(&self.url).unwrap()
    }

    /// Each has the same name: it takes the lease of the last one.
    pub(crate) fn source(&self) -> Result<OutboxSource, SourceError> {
        let lease = Lease::new("test");
        OutboxSource::open(&self.location(), "shelf", OnPoison::BlockEntity, lease)
    }

    pub(crate) fn reader(&self) -> Reader {
        let mut source = self.source().unwrap();
        let Claim::Granted { low, .. } = source.rewind(Timestamp::now()).unwrap() else {
            panic!("another relay has the lease");
        };
        Reader { source, low, seen: low }
    }

    /// The place of the cursor in the database.
    pub(crate) fn low(&self) -> i64 {
        self.number("SELECT low_seq FROM outbox_cursor")
    }

    pub(crate) fn newest(&self) -> i64 {
        self.number("SELECT max(seq) FROM domain_events")
    }
}

/// Held by a test whose transactions stay open for long, and by one that needs the end of all others:
/// a transaction in any database of the server keeps gaps open, and the tests share a server.
pub(crate) fn long_transactions() -> MutexGuard<'static, ()> {
    static LONG: Mutex<()> = Mutex::new(());
    LONG.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A connection of a service.
pub(crate) struct Connection {
    runtime: Runtime,
    client: Client,
}

impl Connection {
    pub(crate) fn open(url: &str) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let (client, connection) = runtime.block_on(tokio_postgres::connect(url, NoTls)).unwrap();
        runtime.spawn(connection);
        Self { runtime, client }
    }

    pub(crate) fn run(&self, sql: &str) {
        self.runtime.block_on(self.client.batch_execute(sql)).unwrap();
    }

    /// Why statements fail.
    pub(crate) fn failure(&self, sql: &str) -> String {
        let error = self.runtime.block_on(self.client.batch_execute(sql)).unwrap_err();
        error.as_db_error().map_or_else(|| error.to_string(), |answer| answer.message().to_owned())
    }

    pub(crate) fn number(&self, sql: &str) -> i64 {
        self.runtime.block_on(self.client.query_one(sql, &[])).unwrap().get(0)
    }

    pub(crate) fn numbers(&self, sql: &str) -> Vec<i64> {
        let rows = self.runtime.block_on(self.client.query(sql, &[])).unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// Inserts an event in the open transaction, or in one of its own. Returns its place.
    pub(crate) fn append(&self, order: i64, revision: i64) -> i64 {
        self.number(&format!(
            "INSERT INTO domain_events (event_id, event_type, event_version, entity_type, entity_id,
                entity_version, occurred_at, recorded_at, envelope)
            VALUES (gen_random_uuid(), 'order.created', 1, 'order', '{order}', {revision}, now(),
                clock_timestamp(), '{{}}') RETURNING seq"
        ))
    }
}

/// A relay without an engine: it settles what it has read.
pub(crate) struct Reader {
    pub(crate) source: OutboxSource,
    low: i64,
    seen: i64,
}

impl Reader {
    /// The places of the events that were not read before.
    pub(crate) fn read(&mut self) -> Vec<i64> {
        let events = self.source.read(1_000, 1 << 20).unwrap();
        let places: Vec<i64> = events.iter().map(|Read { message, .. }| message.seq).collect();
        self.seen = places.iter().copied().fold(self.seen, i64::max);
        places
    }

    /// All that was read is delivered: writes the cursor, if it may go on. Returns `false` if
    /// another relay has it.
    pub(crate) fn settle(&mut self) -> bool {
        let limit = self.source.limit(self.seen);
        if limit > self.low {
            let progress = Progress { settled: Some(limit), ..Progress::default() };
            if !self.source.commit(&progress, Timestamp::now()).unwrap() {
                return false;
            }
            self.low = limit;
        }
        true
    }

    /// Reads and settles.
    pub(crate) fn deliver(&mut self) -> Vec<i64> {
        let places = self.read();
        assert!(self.settle(), "the cursor was moved");
        places
    }
}
