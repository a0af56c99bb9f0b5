//! What the tests share: a shop with its events, and databases of a test.

use crate::events::{order_created, order_pay_failed};
use crate::observed;
use event_core::Emit;
use event_outbox::TxEvents;
use event_outbox_tokio_postgres::{Error, Outbox, migrate};
use test_servers::Postgres;
use tokio_postgres::{Client, NoTls, Transaction};

pub(crate) type Shop = observed::Shop<Outbox>;

impl Shop {
    pub(crate) fn new() -> Self {
        Self::of(Outbox::new)
    }
}

/// A database of a test.
pub(crate) struct Database {
    pub(crate) server: &'static Postgres,
    pub(crate) url: String,
}

impl Database {
    /// One without tables. `None` if PostgreSQL is not installed.
    pub(crate) fn empty(name: &str) -> Option<Self> {
        let server = Postgres::shared()?;
        Some(Self { server, url: server.database(name) })
    }

    /// One with the outbox's tables and the shop's, and a client of it.
    pub(crate) async fn new(name: &str) -> Option<(Self, Client)> {
        let database = Self::empty(name)?;
        let mut client = database.client().await;
        migrate(&mut client).await.unwrap();
        client
            .batch_execute("CREATE TABLE orders (id bigint PRIMARY KEY, version bigint NOT NULL)")
            .await
            .unwrap();
        Some((database, client))
    }

    pub(crate) async fn client(&self) -> Client {
        let (client, connection) = tokio_postgres::connect(&self.url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    /// Runs statements beside the client. Returns the rows: one a line, columns divided by `|`.
    pub(crate) fn sql(&self, statements: &str) -> String {
        self.server.sql(&self.url, statements)
    }

    /// The orders that have a row, and those that have an event of theirs.
    pub(crate) fn orders_and_events(&self) -> String {
        self.sql(
            "SELECT coalesce(string_agg(id::text, ' ' ORDER BY id), '-') FROM orders;
             SELECT coalesce(string_agg(entity_id, ' ' ORDER BY entity_id::bigint), '-')
             FROM domain_events WHERE event_type = 'order.created'",
        )
        .replace('\n', " / ")
    }

    pub(crate) fn count(&self, table: &str) -> i64 {
        self.sql(&format!("SELECT count(*) FROM {table}")).parse().unwrap()
    }
}

/// An order that is placed in a transaction: its row, and its event.
pub(crate) async fn place(
    tx: &Transaction<'_>,
    events: &mut TxEvents,
    order_id: i64,
) -> Result<(), Error> {
    tx.execute("INSERT INTO orders VALUES ($1, 1)", &[&order_id]).await?;
    order_created(order_id, 1).emit_to(events);
    Ok(())
}

/// A refused payment, which has a deduplication key.
pub(crate) fn refuse(events: &mut TxEvents, order_id: i64, attempt: u32) {
    order_pay_failed(order_id, attempt).emit_to(events);
}
