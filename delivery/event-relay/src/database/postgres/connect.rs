//! Connects to a server.

use super::fault::{of_connect, of_statement};
use crate::database::access::{Access, BUSY_TIMEOUT};
use crate::database::fault::DatabaseFault;
use event_outbox_tokio_postgres::server::{ConnectError, ServerUrl};
use std::collections::HashMap;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_postgres::{Client, Statement};

/// How long a connection may take to be ready, through all hosts.
pub(super) const LIMIT: Duration = Duration::from_secs(15);

/// How long one host may take to answer.
const HOST: Duration = Duration::from_secs(5);

/// The server gives a statement up after this time.
const STATEMENT: Duration = Duration::from_secs(25);

/// A transaction whose relay is gone or stopped ends after this time, so that its locks do. It is
/// less than a lease lasts by default: the relay that takes over has to write the cursor.
const IDLE: Duration = Duration::from_secs(5);

/// A connection, and the statements that are prepared on it.
pub(super) struct Session {
    pub(super) client: Client,
    statements: HashMap<String, Statement>,
    /// Reads and writes the connection.
    driver: JoinHandle<()>,
}

impl Session {
    /// A statement in the SQL of the relay, with `?1` for the first parameter.
    pub(super) async fn prepared(&mut self, sql: &str) -> Result<Statement, DatabaseFault> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        // No statement has a question mark for anything else.
        let prepared = self.client.prepare(&sql.replace('?', "$")).await;
        let statement = prepared.map_err(|error| of_statement(&error))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

/// Connects, and says to the server how long this program waits.
pub(super) async fn session(
    location: &ServerUrl,
    access: Access,
) -> Result<Session, DatabaseFault> {
    let connected = location.connect(|config| {
        config
            .application_name("event-relay")
            .connect_timeout(HOST)
            .keepalives_idle(Duration::from_secs(30))
            .keepalives_interval(Duration::from_secs(10))
            .keepalives_retries(3);
    });
    let (client, driver) = connected.await.map_err(|error| match error {
        ConnectError::Tls(why) => DatabaseFault::Tls(why),
        ConnectError::Server(error) => of_connect(&error),
        error => DatabaseFault::Other(error.to_string()),
    })?;
    let driver = tokio::spawn(drive(driver));
    let session = Session { client, statements: HashMap::new(), driver };
    let settings = settings(access);
    session.client.batch_execute(&settings).await.map_err(|error| of_connect(&error))?;
    if access == Access::Write {
        let sql = "SELECT pg_is_in_recovery()";
        let row = session.client.query_one(sql, &[]).await;
        let is_standby = row.and_then(|row| row.try_get(0)).map_err(|error| of_connect(&error))?;
        if is_standby {
            return Err(DatabaseFault::Standby);
        }
    }
    Ok(session)
}

/// Its end, and an error, are seen by the client.
async fn drive(connection: impl Future<Output = Result<(), tokio_postgres::Error>>) {
    let _ = connection.await;
}

/// `READ COMMITTED`, because each statement of the relay must see what is committed before it.
fn settings(access: Access) -> String {
    let read_only = match access {
        Access::ReadOnly => "SET default_transaction_read_only = on;",
        Access::Write => "",
    };
    format!(
        "SET statement_timeout = {}; SET lock_timeout = {};
        SET idle_in_transaction_session_timeout = {};
        SET default_transaction_isolation = 'read committed'; {read_only}",
        STATEMENT.as_millis(),
        BUSY_TIMEOUT.as_millis(),
        IDLE.as_millis()
    )
}
