//! PostgreSQL.

use super::Rows;
use std::future::Future;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, Error, NoTls, SimpleQueryMessage};

/// A connection that blocks.
pub struct Session {
    runtime: Runtime,
    client: Client,
}

impl Session {
    /// Connects.
    pub fn connect(url: &str) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (client, connection) = runtime.block_on(tokio_postgres::connect(url, NoTls))?;
        // It is driven while a call blocks. Each call gets its error.
        runtime.spawn(async { drop(connection.await) });
        Ok(Self { runtime, client })
    }

    /// Connects.
    ///
    /// # Panics
    ///
    /// If the server does not answer.
    pub fn open(url: &str) -> Self {
        Self::connect(url).unwrap_or_else(|error| panic!("cannot connect to {url}: {error:?}"))
    }

    /// Runs an operation of the client to its end.
    pub fn run<'a, F: Future>(&'a mut self, work: impl FnOnce(&'a mut Client) -> F) -> F::Output {
        self.runtime.block_on(work(&mut self.client))
    }

    /// Whether the server has closed the connection, or the connection is lost.
    pub fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Runs the statements.
    ///
    /// # Panics
    ///
    /// If the server refuses one.
    pub fn execute(&self, sql: &str) {
        let done = self.runtime.block_on(self.client.batch_execute(sql));
        done.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    }

    /// The rows of a query.
    pub fn query(&self, query: &str) -> Result<Rows, Error> {
        let messages = self.runtime.block_on(self.client.simple_query(query))?;
        let rows = messages.into_iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => {
                let text = |at| row.get(at).unwrap_or_default().to_owned();
                Some((0..row.len()).map(text).collect())
            }
            _ => None,
        });
        Ok(rows.collect())
    }

    /// The rows of each query, all of one moment.
    pub(super) fn snapshot<const N: usize>(&self, queries: [&str; N]) -> [Rows; N] {
        self.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        let rows = |query| self.query(query).unwrap_or_else(|error| panic!("{query}: {error:?}"));
        let all = queries.map(rows);
        self.execute("COMMIT");
        all
    }
}
