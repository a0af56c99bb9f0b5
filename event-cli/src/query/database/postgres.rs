//! An outbox in PostgreSQL. The session is for reading only.

use super::{Look, failed, unreadable};
use crate::console::Ending;
use event_core::Secret;
use event_store::{Error, Query, postgres};
use rustls::{ClientConfig, RootCertStore};
use std::error::Error as _;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

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
    let config = parsed(url.expose())?;
    let shown = shown(&config);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| failed(&shown, &error.to_string(), None))?;
    runtime.block_on(async {
        let client = connected(&config, &shown).await?;
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

fn parsed(url: &str) -> Result<Config, Ending> {
    let usage = |what: &str| Ending::Usage(format!("error: {what}\nhelp: {}", super::HELP));
    let (address, parameters) = url.split_once('?').unwrap_or((url, ""));
    // The rest of a password would be taken for a host, and be shown.
    if address.matches('@').count() > 1 {
        return Err(usage(
            "`--db` has a second `@`; write `%40` for one in the user or the password",
        ));
    }
    // The certificate is always verified.
    let parameters = parameters
        .replace("sslmode=verify-full", "sslmode=require")
        .replace("sslmode=verify-ca", "sslmode=require");
    let config: Config =
        format!("{address}?{parameters}").parse().map_err(|error: tokio_postgres::Error| {
            // It has the names of parameters, and none of their values.
            usage(&format!("`--db` is not a URL of PostgreSQL: {}", text(&error)))
        })?;
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err(usage("`--db` names no host"));
    }
    Ok(config)
}

/// Connects as event-relay does: with TLS, unless the URL says `sslmode=disable`, or every host is
/// this machine and the URL says nothing.
async fn connected(config: &Config, shown: &str) -> Result<Client, Ending> {
    let refused = |error: &tokio_postgres::Error| {
        failed(shown, &format!("cannot connect: {}", text(error)), Some(HELP))
    };
    let mut config = config.clone();
    config.application_name("event-cli").connect_timeout(HOST);
    let client = if uses_tls(&config) {
        config.ssl_mode(SslMode::Require);
        let tls = tls().map_err(|error| failed(shown, &error.to_string(), Some(HELP)))?;
        let connected = config.connect(MakeRustlsConnect::new(tls)).await;
        let (client, connection) = connected.map_err(|error| refused(&error))?;
        tokio::spawn(connection);
        client
    } else {
        config.ssl_mode(SslMode::Disable);
        let (client, connection) = config.connect(NoTls).await.map_err(|error| refused(&error))?;
        tokio::spawn(connection);
        client
    };
    let read_only = client.batch_execute("SET default_transaction_read_only = on").await;
    read_only.map_err(|error| refused(&error))?;
    Ok(client)
}

fn uses_tls(config: &Config) -> bool {
    match config.get_ssl_mode() {
        SslMode::Disable => false,
        SslMode::Prefer => !is_local(config),
        _ => true,
    }
}

fn is_local(config: &Config) -> bool {
    let is_local = |host: &Host| match host {
        Host::Tcp(name) if name == "localhost" => true,
        Host::Tcp(name) => name.parse().is_ok_and(|address: IpAddr| address.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    match config.get_hostaddrs() {
        [] => config.get_hosts().iter().all(is_local),
        addresses => addresses.iter().all(IpAddr::is_loopback),
    }
}

/// Trusts what the operating system trusts.
fn tls() -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    // What cannot be read of them is not trusted.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// The server and the database, without the user, the password and the parameters.
fn shown(config: &Config) -> String {
    let hosts = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(path) => path.display().to_string(),
    });
    let mut hosts: Vec<_> = hosts.collect();
    if hosts.is_empty() {
        hosts = config.get_hostaddrs().iter().map(ToString::to_string).collect();
    }
    format!("{}/{}", hosts.join(","), config.get_dbname().unwrap_or_default())
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

#[cfg(test)]
mod tests {
    use super::{parsed, shown, uses_tls};

    #[test]
    fn tls_is_off_only_on_this_machine_or_on_demand() {
        for (url, with_tls) in [
            ("postgres://u@db.internal/shop", true),
            ("postgres://u@db.internal/shop?sslmode=prefer", true),
            ("postgres://u@db.internal/shop?sslmode=verify-full", true),
            ("postgres://u@db.internal/shop?sslmode=disable", false),
            ("postgres://u@localhost/shop", false),
            ("postgres://u@127.0.0.9:5433,[::1]/shop", false),
            ("postgres://u@127.0.0.1,db.internal/shop", true),
            ("postgres://u@localhost/shop?sslmode=require", true),
            ("postgres://u@localhost/shop?hostaddr=10.0.0.1", true),
        ] {
            assert_eq!(uses_tls(&parsed(url).unwrap()), with_tls, "{url}");
        }
    }

    #[test]
    fn a_secret_is_not_shown() {
        let url = "postgres://u:planted@h:5433,[::1]/shop?options=-cplanted";
        assert_eq!(shown(&parsed(url).unwrap()), "h,::1/shop");
        for url in [
            "postgres://u:a@planted@h/shop",
            "postgres://u:planted@h:port/shop",
            "postgres://u:planted@/shop",
            "postgres://u:planted@h/shop?sslrootcert=planted",
            "postgres://u@h/shop?sslmode=planted",
        ] {
            let error = format!("{:?}", parsed(url).err().unwrap());
            assert!(!error.contains("planted"), "{error}");
        }
    }
}
