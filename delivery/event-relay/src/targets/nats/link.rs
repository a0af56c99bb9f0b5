//! The connection: how it is made, and what is wrong with it.

use super::outcome::unavailable;
use super::{ClientCertificate, Credentials, NatsError, NatsTargetOptions};
use crate::targets::Outcome;
use async_nats::rustls::pki_types::pem::{self, PemObject};
use async_nats::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use async_nats::{ClientError, ConnectOptions, Event, Server};
use event_grammar::harmless;
use nkeys::{KeyPair, KeyPairType};
use std::future::ready;
use std::path::Path;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;

/// How long a connection may take, with TLS and credentials.
const CONNECT: Duration = Duration::from_secs(5);
/// The longest pause between two attempts to connect.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// After three of these without an answer, a silent connection is given up.
const PING: Duration = Duration::from_secs(10);
/// The least room for messages that are not written to the connection.
const MIN_QUEUE: usize = 2048;
/// The most characters of the words of a server or of the client.
const SHOWN: usize = 300;

/// What the client reports of the connection.
pub(super) enum Notice {
    Connected,
    Lost,
    /// The servers that could not be reached, and why.
    Unreachable(Vec<(String, String)>),
    /// What the server, or the client, says.
    Said(String),
}

/// How to connect: again and again, without an end.
pub(super) fn connect_options(
    options: &NatsTargetOptions,
    notices: UnboundedSender<Notice>,
) -> Result<ConnectOptions, NatsError> {
    let connect = with_credentials(options.credentials.as_ref())?;
    let mut connect = with_notices(connect, notices)
        .name(concat!("event-relay/", env!("CARGO_PKG_VERSION")))
        .retry_on_initial_connect()
        .custom_inbox_prefix(&options.inbox_prefix)
        // A connection that takes nothing is given up before its queue is full: sending into the
        // queue must not wait.
        .client_capacity(options.in_flight.saturating_mul(2).max(MIN_QUEUE))
        .connection_timeout(CONNECT)
        .ping_interval(PING)
        .reconnect_delay_callback(|attempts| {
            let doubled = 2_u64.saturating_pow(u32::try_from(attempts).unwrap_or(u32::MAX));
            Duration::from_millis(doubled).min(LONGEST_PAUSE)
        });
    if let Some(path) = &options.ca_file {
        certificates(path)?;
        connect = connect.add_root_certificates(path.clone()).require_tls(true);
    }
    if let Some(ClientCertificate { certificate, key }) = &options.certificate {
        certificates(certificate)?;
        PrivateKeyDer::from_pem_file(key).map_err(|error| unusable(key, &error, "private key"))?;
        connect = connect.add_client_certificate(certificate.clone(), key.clone());
        connect = connect.require_tls(true);
    }
    Ok(connect)
}

fn with_credentials(credentials: Option<&Credentials>) -> Result<ConnectOptions, NatsError> {
    let connect = ConnectOptions::new();
    Ok(match credentials {
        None => connect,
        Some(Credentials::Password { user, password }) => {
            connect.user_and_password(user.clone(), password.expose().clone())
        }
        Some(Credentials::Token(token)) => connect.token(token.expose().clone()),
        Some(Credentials::Nkey(seed)) => {
            // A seed that is none would be noticed at the connection only, with fewer words.
            let pair = KeyPair::from_seed(seed.expose()).map_err(|_| NatsError::Nkey)?;
            if pair.key_pair_type() != KeyPairType::User {
                return Err(NatsError::Nkey);
            }
            connect.nkey(seed.expose().clone())
        }
        Some(Credentials::File(text)) => {
            connect.credentials(text.expose()).map_err(|_| NatsError::CredentialsFile)?
        }
    })
}

fn with_notices(connect: ConnectOptions, notices: UnboundedSender<Notice>) -> ConnectOptions {
    let events = notices.clone();
    connect
        .event_callback(move |event| {
            let notice = match event {
                Event::Connected => Some(Notice::Connected),
                Event::Disconnected | Event::Closed => Some(Notice::Lost),
                Event::ServerError(error) => Some(Notice::Said(error.to_string())),
                Event::ClientError(ClientError::Other(words)) => Some(Notice::Said(words)),
                _ => None,
            };
            // A publisher that has ended needs no notice.
            notice.map(|notice| events.send(notice));
            ready(())
        })
        // Called before each attempt. Its words are better than those of the event: they have the
        // address and the cause.
        .reconnect_to_server_callback(move |servers: Vec<Server>, _| {
            let error =
                |server: Server| Some((server.addr.as_url_str().to_owned(), server.last_error?));
            let _ =
                notices.send(Notice::Unreachable(servers.into_iter().filter_map(error).collect()));
            ready(None)
        })
}

/// Looks whether a file has certificates. The client reads it again for each connection.
fn certificates(path: &Path) -> Result<(), NatsError> {
    let found =
        CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    match found {
        Ok(found) if found.is_empty() => {
            let why = "has no certificate (`-----BEGIN CERTIFICATE-----`)".to_owned();
            Err(NatsError::File { path: path.to_owned(), why })
        }
        Ok(_) => Ok(()),
        Err(error) => Err(unusable(path, &error, "certificate")),
    }
}

fn unusable(path: &Path, error: &pem::Error, what: &str) -> NatsError {
    use pem::Error;
    let why = match error {
        Error::Io(io) => format!("cannot be read: {io}"),
        Error::NoItemsFound => format!("has no {what} in PEM"),
        // The library's words may have a part of the file, which may be a key.
        _ => "is not PEM".to_owned(),
    };
    NatsError::File { path: path.to_owned(), why }
}

/// What is wrong with the connection, as far as it is known.
pub(super) struct Trouble {
    servers: String,
    words: Option<String>,
}

impl Trouble {
    pub(super) fn new(options: &NatsTargetOptions) -> Self {
        Self { servers: options.servers.to_string(), words: None }
    }

    /// There is a connection, and the server takes events.
    pub(super) fn ends(&mut self) {
        self.words = None;
    }

    pub(super) fn unreachable(&mut self, servers: &[(String, String)]) {
        if !servers.is_empty() {
            let each = servers.iter().map(|(url, why)| format!("`{url}`: {why}"));
            self.words = Some(each.collect::<Vec<_>>().join("; "));
        }
    }

    pub(super) fn said(&mut self, words: &str) {
        // The same in fewer words.
        if !self.words.as_ref().is_some_and(|known| known.contains(words)) {
            self.words = Some(words.to_owned());
        }
    }

    /// The outcome of a batch that was sent, and not acknowledged in time.
    pub(super) fn no_answer(&self, what: &str) -> Outcome {
        if self.words.is_some() {
            return self.outcome(what);
        }
        unavailable(format!(
            "{what} `{}`\nhelp: look whether the stream has a leader (`nats stream info`) and its \
             disk is fast enough; or raise `timeout` of the target",
            self.servers
        ))
    }

    /// The outcome of a batch that was not sent, or was lost with the connection.
    pub(super) fn outcome(&self, what: &str) -> Outcome {
        let servers = &self.servers;
        let Some(words) = &self.words else {
            return unavailable(format!(
                "{what} `{servers}`\nhelp: check the URL of the target, and whether the server runs"
            ));
        };
        let lower = words.to_lowercase();
        let help = if lower.contains("authorization") || lower.contains("authentication") {
            "\nhelp: the server refuses the credentials; check `auth` of the target"
        } else if lower.contains("certificate") || lower.contains("tls") {
            "\nhelp: check `ca_file` and `certificate` of the target, and the names in the \
             certificate of the server"
        } else {
            "\nhelp: check the URL of the target, and whether the server runs"
        };
        unavailable(format!("{what} `{servers}`: {}{help}", harmless(words, SHOWN)))
    }
}
