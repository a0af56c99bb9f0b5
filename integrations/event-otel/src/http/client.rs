//! The client that sends requests.

use super::answer::{self, Answer};
use super::endpoint::Endpoint;
use super::error::OtlpHttpError;
use super::headers;
use super::options::OtlpHttp;
use std::borrow::Cow;
use std::io::{self, ErrorKind};
use std::time::Duration;
use ureq::http::{HeaderMap, Request};
use ureq::{Agent, Error};

/// The time for the body of an answer. What became of the request is known by then.
const BODY: Duration = Duration::from_secs(2);

pub(super) struct Client {
    endpoint: Endpoint,
    timeout: Duration,
    headers: HeaderMap,
    agent: Agent,
    is_gzip: bool,
}

impl Client {
    pub(super) fn new(options: &OtlpHttp) -> Result<Self, OtlpHttpError> {
        Ok(Self {
            endpoint: options.endpoint.clone(),
            timeout: options.timeout,
            headers: headers::of(options)?,
            agent: agent(options)?,
            is_gzip: options.is_gzip,
        })
    }

    pub(super) const fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// The body that is sent of a request.
    pub(super) fn body<'r>(&self, request: &'r [u8]) -> io::Result<Cow<'r, [u8]>> {
        if self.is_gzip { compressed(request).map(Cow::Owned) } else { Ok(Cow::Borrowed(request)) }
    }

    /// Sends a request once.
    pub(super) fn post(&self, body: &[u8]) -> Answer {
        let mut request = Request::post(self.endpoint.url());
        if let Some(all) = request.headers_mut() {
            all.extend(self.headers.clone());
        }
        match request.body(body) {
            Ok(request) => match self.agent.run(request) {
                Ok(response) => answer::of(response),
                Err(error) => Answer::Again { why: self.why(&error), retry_after: None },
            },
            // The URL and the headers are checked at the start.
            Err(_) => Answer::Refused { why: "cannot be asked".to_owned() },
        }
    }

    fn why(&self, error: &Error) -> String {
        let late = || format!("does not answer within {:?}", self.timeout);
        match error {
            Error::Timeout(_) => late(),
            Error::Io(error)
                if matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock) =>
            {
                late()
            }
            Error::Io(error) if is_broken_off(error.kind()) => "breaks the connection".to_owned(),
            Error::Io(error) => format!("cannot be reached: {error}"),
            Error::HostNotFound => "cannot be reached: the host is not known".to_owned(),
            Error::ConnectionFailed => "cannot be reached: there is no connection".to_owned(),
            Error::InvalidProxyUrl => {
                "cannot be reached: the proxy of the environment is not a URL".to_owned()
            }
            Error::ConnectProxyFailed(_) => {
                "cannot be reached: the proxy of the environment refuses the connection".to_owned()
            }
            Error::Protocol(_) | Error::LargeResponseHeader(..) => {
                "answers something that is not HTTP".to_owned()
            }
            Error::Tls(why) => format!("cannot be reached over TLS: {why}"),
            #[cfg(feature = "tls")]
            Error::Rustls(error) => format!("cannot be reached over TLS: {error}"),
            _ => "cannot be reached".to_owned(),
        }
    }
}

#[cfg(feature = "gzip")]
fn compressed(request: &[u8]) -> io::Result<Vec<u8>> {
    use std::io::Write as _;
    let compression = flate2::Compression::default();
    let mut out = flate2::write::GzEncoder::new(Vec::new(), compression);
    out.write_all(request)?;
    out.finish()
}

/// Without the feature, no option asks for it.
#[cfg(not(feature = "gzip"))]
fn compressed(_: &[u8]) -> io::Result<Vec<u8>> {
    Err(ErrorKind::Unsupported.into())
}

const fn is_broken_off(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
    )
}

fn agent(options: &OtlpHttp) -> Result<Agent, OtlpHttpError> {
    let config = Agent::config_builder()
        .timeout_global(Some(options.timeout))
        .timeout_recv_body(Some(BODY))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_idle_connections(1)
        .max_idle_connections_per_host(1);
    if !options.endpoint.is_tls() {
        if let Some(path) = &options.ca_file {
            let why = "is not used: the URL of the OTLP receiver is not https".to_owned();
            return Err(OtlpHttpError::CaFile { path: path.clone(), why });
        }
        return Ok(config.build().into());
    }
    #[cfg(feature = "tls")]
    let config = config.tls_config(tls::config(options.ca_file.as_deref())?);
    Ok(config.build().into())
}

#[cfg(feature = "tls")]
mod tls {
    use super::OtlpHttpError;
    use std::fs;
    use std::path::Path;
    use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

    /// Trusts what the operating system trusts, or the certificates of the file alone.
    pub(super) fn config(ca_file: Option<&Path>) -> Result<TlsConfig, OtlpHttpError> {
        let roots = match ca_file {
            None => RootCerts::PlatformVerifier,
            Some(path) => certificates(path)?,
        };
        Ok(TlsConfig::builder().root_certs(roots).build())
    }

    fn certificates(path: &Path) -> Result<RootCerts, OtlpHttpError> {
        let error = |why: String| OtlpHttpError::CaFile { path: path.to_owned(), why };
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
        Ok(RootCerts::from(found))
    }
}
