//! The client behind the requests.

use super::{HttpError, HttpTargetOptions};
use std::time::Duration;
use ureq::Agent;

/// The time for a connection, if the time for the whole request is not shorter.
const CONNECT: Duration = Duration::from_secs(10);

/// The time for the body of an answer. The outcome is known by then.
const BODY: Duration = Duration::from_secs(2);

pub(super) fn agent(options: &HttpTargetOptions) -> Result<Agent, HttpError> {
    let in_flight = options.in_flight.max(1);
    let config = Agent::config_builder()
        .timeout_global(Some(options.timeout))
        .timeout_connect(Some(CONNECT.min(options.timeout)))
        .timeout_recv_body(Some(BODY))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_idle_connections(in_flight)
        .max_idle_connections_per_host(in_flight)
        .user_agent(concat!("event-relay/", env!("CARGO_PKG_VERSION")));
    if !options.endpoint.is_tls() {
        if let Some(path) = &options.ca_file {
            let why = "is not used: the URL of the target is not https".to_owned();
            return Err(HttpError::CaFile { path: path.clone(), why });
        }
        return Ok(config.build().into());
    }
    #[cfg(feature = "https")]
    let config = config.tls_config(tls::config(options)?);
    Ok(config.build().into())
}

#[cfg(feature = "https")]
mod tls {
    use super::super::{HttpError, HttpTargetOptions};
    use std::fs;
    use std::path::Path;
    use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

    /// Trusts what the operating system trusts, and the certificates of the file.
    pub(super) fn config(options: &HttpTargetOptions) -> Result<TlsConfig, HttpError> {
        let roots = match &options.ca_file {
            None => RootCerts::PlatformVerifier,
            Some(path) => {
                let mut roots = certificates(path)?;
                // What cannot be read of them is not trusted.
                let system = rustls_native_certs::load_native_certs().certs;
                roots.extend(system.iter().map(|root| Certificate::from_der(root).to_owned()));
                RootCerts::from(roots)
            }
        };
        Ok(TlsConfig::builder().root_certs(roots).build())
    }

    fn certificates(path: &Path) -> Result<Vec<Certificate<'static>>, HttpError> {
        let error = |why: String| HttpError::CaFile { path: path.to_owned(), why };
        let pem = fs::read(path).map_err(|io| error(format!("cannot be read: {io}")))?;
        let mut found = Vec::new();
        for item in parse_pem(&pem) {
            match item {
                Ok(PemItem::Certificate(certificate)) => found.push(certificate),
                Ok(_) => {}
                Err(_) => return Err(error("is not PEM".to_owned())),
            }
        }
        if found.is_empty() {
            return Err(error("has no certificate (`-----BEGIN CERTIFICATE-----`)".to_owned()));
        }
        Ok(found)
    }
}
