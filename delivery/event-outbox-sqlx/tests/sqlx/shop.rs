//! What the tests share: a shop with its events, and databases of a test.

use crate::events::{order_created, order_pay_failed};
use crate::observed;
use event_core::Emit;
use event_outbox::TxEvents;
use event_outbox_sqlx::{Error, Outbox, OutboxConnection, migrate};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Pool, SqliteConnection, SqlitePool};
use std::path::Path;
use test_servers::Postgres;

pub(crate) type Shop = observed::Shop<Outbox>;

impl Shop {
    pub(crate) fn new() -> Self {
        Self::of(Outbox::new)
    }
}

/// A connection of a test.
pub(crate) trait Store: OutboxConnection + 'static {
    async fn run(&mut self, sql: &str) -> Result<(), Error>;

    /// The texts of the only column of the rows, with spaces between.
    async fn texts(&mut self, sql: &str) -> String;
}

macro_rules! store {
    ($connection:ty) => {
        impl Store for $connection {
            async fn run(&mut self, sql: &str) -> Result<(), Error> {
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(self).await?;
                Ok(())
            }

            async fn texts(&mut self, sql: &str) -> String {
                let texts = sqlx::query_scalar::<_, String>(AssertSqlSafe(sql));
                texts.fetch_all(self).await.unwrap().join(" ")
            }
        }
    };
}
store!(PgConnection);
store!(SqliteConnection);

/// A database of a test.
pub(crate) struct Database<C: Store> {
    pub(crate) pool: Pool<C::Database>,
}

impl<C: Store> Database<C> {
    pub(crate) async fn run(&self, sql: &str) {
        self.pool.acquire().await.unwrap().run(sql).await.unwrap();
    }

    pub(crate) async fn texts(&self, sql: &str) -> String {
        self.pool.acquire().await.unwrap().texts(sql).await
    }

    /// The orders that have a row, and those that have an event of theirs, in the order of `seq`.
    pub(crate) async fn orders_and_events(&self) -> (String, String) {
        let events = "SELECT entity_id FROM domain_events WHERE event_type = 'order.created'
                      ORDER BY seq";
        let orders = "SELECT CAST(id AS text) FROM orders ORDER BY id";
        (self.texts(orders).await, self.texts(events).await)
    }

    pub(crate) async fn count(&self, table: &str) -> String {
        self.texts(&format!("SELECT CAST(count(*) AS text) FROM {table}")).await
    }

    pub(crate) async fn with_tables(self) -> Self {
        migrate(&self.pool).await.unwrap();
        self.run("CREATE TABLE orders (id bigint PRIMARY KEY, version bigint NOT NULL)").await;
        self
    }
}

/// One without tables. `None` if PostgreSQL is not installed.
pub(crate) async fn postgres(name: &str) -> Option<Database<PgConnection>> {
    let url = Postgres::shared()?.database(name);
    Some(Database { pool: PgPool::connect(&url).await.unwrap() })
}

/// One without tables.
pub(crate) async fn sqlite(name: &str) -> Database<SqliteConnection> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sqlx-{name}.db"));
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .busy_timeout(std::time::Duration::from_mins(1));
    Database { pool: SqlitePool::connect_with(options).await.unwrap() }
}

/// Runs functions as tests, each on both databases.
macro_rules! on_both {
    ($($test:ident)*) => { $(
        mod $test {
            #[tokio::test]
            async fn on_postgres() {
                let database = crate::shop::postgres(stringify!($test)).await;
                if let Some(database) = database {
                    super::$test(database.with_tables().await).await;
                }
            }

            #[tokio::test]
            async fn on_sqlite() {
                let database = crate::shop::sqlite(stringify!($test)).await;
                super::$test(database.with_tables().await).await;
            }
        }
    )* };
}
pub(crate) use on_both;

/// An order that is placed in a transaction: its row, and its event.
pub(crate) async fn place<C: Store>(
    tx: &mut C,
    events: &mut TxEvents,
    order_id: i64,
) -> Result<(), Error> {
    tx.run(&format!("INSERT INTO orders VALUES ({order_id}, 1)")).await?;
    order_created(order_id, 1).emit_to(events);
    Ok(())
}

/// A refused payment, which has a deduplication key.
pub(crate) fn refuse(events: &mut TxEvents, order_id: i64, attempt: u32) {
    order_pay_failed(order_id, attempt).emit_to(events);
}

pub(crate) fn pair(orders: &str, events: &str) -> (String, String) {
    (orders.to_owned(), events.to_owned())
}
