//! A store of a test, in one of the databases.

use crate::history::{Happened, insert};
use event_store::{Query, StoreDialect, postgres, sqlite};
use rusqlite::types::ValueRef;
use test_servers::Postgres;
use tokio::runtime::Runtime;
use tokio_postgres::{Client, NoTls};

/// A pool of sqlx.
#[cfg(all(feature = "sqlx-sqlite", feature = "sqlx-postgres"))]
pub(crate) enum Pool {
    Sqlite(sqlx::SqlitePool),
    Postgres(sqlx::PgPool),
}

/// A store of a test.
pub(crate) enum Store {
    Sqlite(rusqlite::Connection),
    Postgres {
        runtime: Runtime,
        client: Client,
    },
    #[cfg(all(feature = "sqlx-sqlite", feature = "sqlx-postgres"))]
    Pool {
        own: Box<Self>,
        runtime: Runtime,
        pool: Pool,
    },
}

impl Store {
    /// An empty store in memory.
    pub(crate) fn sqlite() -> Self {
        Self::sqlite_at(":memory:")
    }

    /// An empty store in a file, or in a memory that has a name.
    pub(crate) fn sqlite_at(path: &str) -> Self {
        let mut connection = rusqlite::Connection::open(path).unwrap();
        event_outbox_rusqlite::migrate(&mut connection).unwrap();
        Self::Sqlite(connection)
    }

    /// An empty store on a server. `None` if PostgreSQL is not installed.
    pub(crate) fn postgres(name: &str) -> Option<Self> {
        Some(Self::postgres_at(&Postgres::shared()?.database(name)))
    }

    pub(crate) fn postgres_at(url: &str) -> Self {
        let runtime = Runtime::new().unwrap();
        let client = runtime.block_on(async {
            let (mut client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
            tokio::spawn(connection);
            event_outbox_tokio_postgres::migrate(&mut client).await.unwrap();
            client
        });
        Self::Postgres { runtime, client }
    }

    /// An empty store for each driver of each database that is installed here.
    pub(crate) fn each(name: &str) -> Vec<Self> {
        let stores = [Some(Self::sqlite()), Self::postgres(name)].into_iter().flatten();
        #[cfg(all(feature = "sqlx-sqlite", feature = "sqlx-postgres"))]
        let stores = stores.chain(pools(name));
        stores.collect()
    }

    /// The SQL of the database.
    pub(crate) fn dialect(&self) -> StoreDialect {
        match self {
            Self::Sqlite(_) => StoreDialect::Sqlite,
            Self::Postgres { .. } => StoreDialect::Postgres,
            #[cfg(all(feature = "sqlx-sqlite", feature = "sqlx-postgres"))]
            Self::Pool { own, .. } => own.dialect(),
        }
    }

    /// Runs statements.
    pub(crate) fn sql(&self, statements: &str) {
        match self {
            Self::Sqlite(connection) => connection.execute_batch(statements).unwrap(),
            Self::Postgres { runtime, client } => {
                runtime.block_on(client.batch_execute(statements)).unwrap();
            }
            #[cfg(all(feature = "sqlx-sqlite", feature = "sqlx-postgres"))]
            Self::Pool { own, .. } => own.sql(statements),
        }
    }

    /// The rows of a statement: one a line.
    pub(crate) fn rows(&self, sql: &str) -> String {
        let rows: Vec<String> = match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare(sql).unwrap();
                let width = statement.column_count();
                let row = |row: &rusqlite::Row<'_>| -> rusqlite::Result<String> {
                    let cells = (0..width).map(|place| match row.get_ref(place) {
                        Ok(ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned(),
                        other => format!("{other:?}"),
                    });
                    Ok(cells.collect::<Vec<_>>().join("|"))
                };
                statement.query_map([], row).unwrap().map(Result::unwrap).collect()
            }
            Self::Postgres { runtime, client } => {
                let messages = runtime.block_on(client.simple_query(sql)).unwrap();
                let rows = messages.iter().filter_map(|message| match message {
                    tokio_postgres::SimpleQueryMessage::Row(row) => Some(row),
                    _ => None,
                });
                rows.map(|row| {
                    let cells = (0..row.len()).map(|place| row.get(place).unwrap_or("-"));
                    cells.collect::<Vec<_>>().join("|")
                })
                .collect()
            }
            #[cfg(all(feature = "sqlx-sqlite", feature = "sqlx-postgres"))]
            Self::Pool { own, .. } => return own.rows(sql),
        };
        rows.join("\n")
    }

    /// Replaces the events by those of a history.
    pub(crate) fn fill(&self, history: &[Happened]) {
        self.sql("DELETE FROM domain_events");
        if history.is_empty() {
            return;
        }
        let overriding = match self.dialect() {
            StoreDialect::Postgres => " OVERRIDING SYSTEM VALUE",
            _ => "",
        };
        self.sql(&insert(history, overriding));
    }

    /// The answer to a query.
    pub(crate) fn ask<Q: Query>(&self, query: &Q) -> Vec<Q::Item> {
        self.try_ask(query).unwrap()
    }

    /// The answer to a query, or the error as a text.
    pub(crate) fn try_ask<Q: Query>(&self, query: &Q) -> Result<Vec<Q::Item>, String> {
        match self {
            Self::Sqlite(connection) => {
                sqlite::all(connection, query).map_err(|error| error.to_string())
            }
            Self::Postgres { runtime, client } => {
                runtime.block_on(postgres::all(client, query)).map_err(|error| error.to_string())
            }
            #[cfg(all(feature = "sqlx-sqlite", feature = "sqlx-postgres"))]
            Self::Pool { runtime, pool, .. } => match pool {
                Pool::Sqlite(pool) => runtime.block_on(event_store::pool::all(pool, query)),
                Pool::Postgres(pool) => runtime.block_on(event_store::pool::all(pool, query)),
            }
            .map_err(|error| error.to_string()),
        }
    }
}

/// Stores that sqlx asks. The driver of the database itself fills them.
#[cfg(all(feature = "sqlx-sqlite", feature = "sqlx-postgres"))]
fn pools(name: &str) -> Vec<Store> {
    let with = |own, pool: &dyn Fn() -> Pool| {
        let runtime = Runtime::new().unwrap();
        let entered = runtime.enter();
        let pool = pool();
        drop(entered);
        Store::Pool { own: Box::new(own), runtime, pool }
    };
    // A memory that both drivers open by its name. It ends with its last connection.
    let memory = format!("file:{name}_pool?mode=memory&cache=shared");
    let sqlite =
        || Pool::Sqlite(sqlx::SqlitePool::connect_lazy(&format!("sqlite:{memory}")).unwrap());
    let mut stores = vec![with(Store::sqlite_at(&memory), &sqlite)];
    if let Some(server) = Postgres::shared() {
        let url = server.database(&format!("{name}_pool"));
        let postgres = || Pool::Postgres(sqlx::PgPool::connect_lazy(&url).unwrap());
        stores.push(with(Store::postgres_at(&url), &postgres));
    }
    stores
}
