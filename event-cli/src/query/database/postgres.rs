//! An outbox in PostgreSQL. The session is for reading only.

use super::{Look, failed, unreadable};
use crate::console::Ending;
use event_core::Secret;
use event_outbox_tokio_postgres::server::{ConnectError, ServerUrl};
use event_store::{Error, Query, postgres};
use std::error::Error as _;
use std::time::Duration;
use tokio_postgres::Client;

/// How long one host may take to answer.
const HOST: Duration = Duration::from_secs(5);

/// What to do about a connection that fails.
const HELP: &str = "check the server, and the host, the user and the password of the URL; a server \
                    that does not encrypt needs `?sslmode=disable`, and a certificate of your own \
                    authority is trusted by `SSL_CERT_FILE=ca.pem`";

pub(super) fn each<Q: Query>(
    url: &Secret<String>,
    query: &Q,
    look: &mut Look<'_, Q>,
) -> Result<(), Ending> {
    let url = ServerUrl::parse(url.expose()).map_err(|error| {
        Ending::Usage(format!("error: `--db` {}\nhelp: {}", error.message(), error.help()))
    })?;
    let shown = url.to_string();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| failed(&shown, &error.to_string(), None))?;
    runtime.block_on(async {
        let client = connected(&url, &shown).await?;
        let refused = |error| match error {
            Error::Database { error, help } => failed(&shown, &text(&error), help),
            Error::Row(row) => unreadable(&shown, &row),
            other => failed(&shown, &other.to_string(), None),
        };
        let mut answer = postgres::stream(&client, query).await.map_err(refused)?;
        while let Some(item) = answer.next().await {
            look(item.map_err(refused)?)?;
        }
        Ok(())
    })
}

/// Connects as event-relay does. The session is for reading only.
async fn connected(url: &ServerUrl, shown: &str) -> Result<Client, Ending> {
    let refused = |error: &str| failed(shown, &format!("cannot connect: {error}"), Some(HELP));
    let connected = url.connect(|config| {
        config.application_name("event-cli").connect_timeout(HOST);
    });
    let (client, driver) = connected.await.map_err(|error| match error {
        ConnectError::Server(error) => refused(&text(&error)),
        error => refused(&error.to_string()),
    })?;
    tokio::spawn(driver);
    let read_only = client.batch_execute("SET default_transaction_read_only = on").await;
    read_only.map_err(|error| refused(&text(&error)))?;
    Ok(client)
}

/// The message of the server alone: its details and hints can have values of rows in them. An error
/// of the client has only its kind in its own text.
fn text(error: &tokio_postgres::Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(answer), _) => answer.message().to_owned(),
        (None, Some(cause)) => cause.to_string(),
        (None, None) => error.to_string(),
    }
}
