//! A store of a test, in one of the databases.

use crate::history::{Happened, insert};
use event_store::{Query, postgres, sqlite};
use rusqlite::types::ValueRef;
use test_servers::Postgres;
use tokio::runtime::Runtime;
use tokio_postgres::{Client, NoTls};

/// A store of a test.
pub(crate) enum Store {
    Sqlite(rusqlite::Connection),
    Postgres { runtime: Runtime, client: Client },
}

impl Store {
    /// An empty store in memory.
    pub(crate) fn sqlite() -> Self {
        let mut connection = rusqlite::Connection::open_in_memory().unwrap();
        event_outbox_rusqlite::migrate(&mut connection).unwrap();
        Self::Sqlite(connection)
    }

    /// An empty store on a server. `None` if PostgreSQL is not installed.
    pub(crate) fn postgres(name: &str) -> Option<Self> {
        let url = Postgres::shared()?.database(name);
        let runtime = Runtime::new().unwrap();
        let client = runtime.block_on(async {
            let (mut client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
            tokio::spawn(connection);
            event_outbox_tokio_postgres::migrate(&mut client).await.unwrap();
            client
        });
        Some(Self::Postgres { runtime, client })
    }

    /// An empty store in each database that is installed here.
    pub(crate) fn each(name: &str) -> Vec<Self> {
        [Some(Self::sqlite()), Self::postgres(name)].into_iter().flatten().collect()
    }

    /// Runs statements.
    pub(crate) fn sql(&self, statements: &str) {
        match self {
            Self::Sqlite(connection) => connection.execute_batch(statements).unwrap(),
            Self::Postgres { runtime, client } => {
                runtime.block_on(client.batch_execute(statements)).unwrap();
            }
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
        };
        rows.join("\n")
    }

    /// Replaces the events by those of a history.
    pub(crate) fn fill(&self, history: &[Happened]) {
        self.sql("DELETE FROM domain_events");
        if history.is_empty() {
            return;
        }
        let overriding = match self {
            Self::Sqlite(_) => "",
            Self::Postgres { .. } => " OVERRIDING SYSTEM VALUE",
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
        }
    }
}
