//! What is configured of a NATS target.

use super::link::connect_options;
use super::{NatsError, Servers, SubjectTemplate, is_stream, is_subject};
use crate::targets::cloud_event::is_uri_reference;
use event_core::Secret;
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::mpsc::unbounded_channel;

/// Where events are published, and how. Its `Debug` output shows no secret.
#[derive(Clone, Debug)]
pub struct NatsTargetOptions {
    /// The servers of one cluster. The client connects to one of them.
    pub servers: Servers,
    /// The subject of each event. A stream must have it.
    pub subject: SubjectTemplate,
    /// The name of the stream. If another stream has the subject, the server refuses the events.
    pub stream: Option<String>,
    /// The attribute `source`: a URI reference, such as `/shop` or `https://shop.example/orders`.
    /// Without it, the source of an event is `/` and its `context.service`.
    pub source: Option<String>,
    /// How the relay authenticates itself.
    pub credentials: Option<Credentials>,
    /// A file of certificates (PEM). If it is given, TLS is required, and these authorities are
    /// trusted instead of those that the operating system trusts.
    pub ca_file: Option<PathBuf>,
    /// The certificate that the relay shows. If it is given, TLS is required.
    pub certificate: Option<ClientCertificate>,
    /// How the subjects begin at which the relay receives acknowledgements. It may subscribe to
    /// this prefix, `.>`.
    pub inbox_prefix: String,
    /// How long the relay waits for the acknowledgement of an event, or for a connection.
    pub timeout: Duration,
    /// The events in flight.
    pub in_flight: usize,
}

/// How the relay authenticates itself to a NATS server.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// A user and a password.
    Password {
        /// The user.
        user: String,
        /// The password.
        password: Secret<String>,
    },
    /// A token.
    Token(Secret<String>),
    /// The seed of an NKEY: `SU..`. It signs what the server asks for, and is never sent.
    Nkey(Secret<String>),
    /// The text of a credentials file (`.creds`): a JWT, and the seed of its NKEY.
    File(Secret<String>),
}

/// A certificate for TLS, and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCertificate {
    /// The file of the certificate and of those that lead to its authority (PEM).
    pub certificate: PathBuf,
    /// The file of its private key (PEM).
    pub key: PathBuf,
}

impl NatsTargetOptions {
    /// The time for an acknowledgement, unless it is configured.
    pub const TIMEOUT: Duration = Duration::from_secs(5);
    /// The events in flight, unless it is configured.
    pub const IN_FLIGHT: usize = 256;
    /// How the subjects of acknowledgements begin, unless it is configured.
    pub const INBOX_PREFIX: &str = "_INBOX";

    /// The subject `events.{event_type}`, and the defaults above.
    pub fn new(servers: Servers) -> Self {
        Self {
            servers,
            subject: SubjectTemplate::default(),
            stream: None,
            source: None,
            credentials: None,
            ca_file: None,
            certificate: None,
            inbox_prefix: Self::INBOX_PREFIX.to_owned(),
            timeout: Self::TIMEOUT,
            in_flight: Self::IN_FLIGHT,
        }
    }

    /// Looks whether the names are valid, and the files and keys usable. It connects to nothing.
    ///
    /// # Errors
    ///
    /// What is wrong first.
    pub fn check(&self) -> Result<(), NatsError> {
        if let Some(source) = self.source.as_deref().filter(|it| !is_uri_reference(it)) {
            return Err(NatsError::Source { source: source.to_owned() });
        }
        if let Some(stream) = self.stream.as_deref().filter(|it| !is_stream(it)) {
            return Err(NatsError::Stream { stream: stream.to_owned() });
        }
        if !is_subject(&self.inbox_prefix) {
            return Err(NatsError::InboxPrefix { prefix: self.inbox_prefix.clone() });
        }
        connect_options(self, unbounded_channel().0).map(drop)
    }

    /// Whether a password or a token is sent to a server that needs not have TLS.
    pub(crate) fn sends_secrets_plainly(&self) -> bool {
        let is_sent =
            matches!(self.credentials, Some(Credentials::Password { .. } | Credentials::Token(_)));
        is_sent && self.ca_file.is_none() && self.certificate.is_none() && self.servers.has_plain()
    }
}
