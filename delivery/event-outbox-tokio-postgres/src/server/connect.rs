//! Connects to a server.

use super::ServerUrl;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::fmt;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use tokio_postgres::config::SslMode;
use tokio_postgres::{Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

/// What reads and writes the connection of a client: spawn it. It ends with the connection.
pub type Driver = Pin<Box<dyn Future<Output = Result<(), tokio_postgres::Error>> + Send>>;

/// Why there is no connection.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConnectError {
    /// TLS cannot be set up: the file of certificates cannot be used.
    Tls(String),
    /// The server cannot be reached, refuses the user, or is not trusted.
    Server(tokio_postgres::Error),
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tls(why) => f.write_str(why),
            Self::Server(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ConnectError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Tls(_) => None,
            Self::Server(error) => error.source(),
        }
    }
}

impl ServerUrl {
    /// Connects, with TLS if [`uses_tls`](Self::uses_tls). `set` changes what else there is to set,
    /// such as `application_name` and `connect_timeout`.
    ///
    /// # Errors
    ///
    /// If the server cannot be reached, refuses the user, does not encrypt though it must, or has a
    /// certificate that is not trusted; or if the file of certificates cannot be used.
    pub async fn connect(
        &self,
        set: impl FnOnce(&mut Config),
    ) -> Result<(Client, Driver), ConnectError> {
        let mut config = self.config.clone();
        set(&mut config);
        if self.uses_tls() {
            config.ssl_mode(SslMode::Require);
            let tls = MakeRustlsConnect::new(tls(self.ca_file.as_deref())?);
            let (client, connection) = config.connect(tls).await.map_err(ConnectError::Server)?;
            Ok((client, Box::pin(connection)))
        } else {
            config.ssl_mode(SslMode::Disable);
            let (client, connection) = config.connect(NoTls).await.map_err(ConnectError::Server)?;
            Ok((client, Box::pin(connection)))
        }
    }
}

/// Trusts what the operating system trusts, and the certificates of the file.
fn tls(ca_file: Option<&Path>) -> Result<ClientConfig, ConnectError> {
    let mut roots = RootCertStore::empty();
    // What cannot be read of them is not trusted.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = ca_file {
        let unusable = |why: &dyn fmt::Display| {
            ConnectError::Tls(format!("the file {} cannot be used: {why}", path.display()))
        };
        let certificates = CertificateDer::pem_file_iter(path)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| unusable(&error))?;
        if certificates.is_empty() {
            return Err(unusable(&"it has no certificate (`-----BEGIN CERTIFICATE-----`)"));
        }
        for certificate in certificates {
            roots.add(certificate).map_err(|error| unusable(&error))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| ConnectError::Tls(error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
