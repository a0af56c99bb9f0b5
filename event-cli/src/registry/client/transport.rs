//! Requests and responses over HTTP, with timeouts and retries.

use super::address::Address;
use super::error::{RegistryError, RegistryErrorKind};
use std::io::ErrorKind;
use std::thread;
use std::time::Duration;
use ureq::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use ureq::http::{Method, Request, Response};
use ureq::{Agent, Body};

/// Timeouts and retries of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientOptions {
    /// The time limit for one response, from the connection to its last byte. A request that times
    /// out is not sent again: retries do not make a slow registry faster.
    pub timeout: Duration,
    /// How often a request is sent if the registry cannot be reached, breaks the connection, or
    /// answers 429 or 5xx. Every request may be repeated: registering a schema again returns its
    /// id.
    pub attempts: u32,
    /// The pause before the second attempt; it doubles before each later attempt. `Retry-After` in
    /// a response overrides it, up to 30 s.
    pub pause: Duration,
    /// Whether the registry normalizes schemas before it compares and stores them.
    pub normalize: bool,
}

impl Default for ClientOptions {
    /// 10 s per response; four attempts, with pauses of 0.2, 0.4 and 0.8 s; schemas are not
    /// normalized.
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            attempts: 4,
            pause: Duration::from_millis(200),
            normalize: false,
        }
    }
}

/// The media type of requests and responses.
const JSON: &str = "application/vnd.schemaregistry.v1+json";

/// The longest response that is read, in bytes.
const LONGEST: u64 = 16 << 20;

/// The longest `Retry-After` that is respected.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A connection to one registry.
#[derive(Clone, Debug)]
pub(super) struct Transport {
    agent: Agent,
    address: Address,
    options: ClientOptions,
}

/// One request.
pub(super) struct Question<'q> {
    pub(super) method: Method,
    pub(super) path: &'q str,
    pub(super) body: Option<String>,
}

/// A complete response, with any status.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

/// An attempt that failed, and whether another one may succeed.
struct Failed {
    kind: RegistryErrorKind,
    again: bool,
}

impl Transport {
    pub(super) fn new(address: Address, options: ClientOptions) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(options.timeout))
            .http_status_as_error(false)
            // A redirect is an error: following it would hide that the registry moved, and would
            // send the password to another place.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("event-cli/", env!("CARGO_PKG_VERSION")));
        #[cfg(feature = "registry-https")]
        let config = {
            use ureq::tls::{RootCerts, TlsConfig};
            config.tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
        };
        Self { agent: config.build().into(), address, options }
    }

    pub(super) const fn address(&self) -> &Address {
        &self.address
    }

    pub(super) const fn options(&self) -> &ClientOptions {
        &self.options
    }

    /// The response of the last attempt.
    pub(super) fn ask(&self, question: &Question<'_>) -> Result<Reply, RegistryError> {
        let mut pause = self.options.pause;
        let mut left = self.options.attempts.max(1) - 1;
        loop {
            let wait = match self.attempt(question) {
                Ok((reply, _)) if left == 0 || !is_temporary(reply.status) => return Ok(reply),
                Ok((_, wanted)) => {
                    wanted.unwrap_or_default().clamp(pause, LONGEST_PAUSE.max(pause))
                }
                Err(failed) if left == 0 || !failed.again => {
                    return Err(self.error(question, failed.kind));
                }
                Err(_) => pause,
            };
            thread::sleep(wait);
            pause = pause.saturating_mul(2);
            left -= 1;
        }
    }

    pub(super) fn error(&self, question: &Question<'_>, kind: RegistryErrorKind) -> RegistryError {
        let request = format!("{} {}", question.method, question.path);
        RegistryError { registry: self.address.to_string(), request, kind }
    }

    /// A response, and its `Retry-After`.
    fn attempt(&self, question: &Question<'_>) -> Result<(Reply, Option<Duration>), Failed> {
        let mut response = self.send(question).map_err(|error| self.failed(&error))?;
        let status = response.status().as_u16();
        let seconds =
            response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        let body = response.body_mut().with_config().limit(LONGEST).read_to_vec();
        let body = body.map_err(|error| self.failed(&error))?;
        Ok((Reply { status, body }, seconds.map(Duration::from_secs)))
    }

    fn send(&self, question: &Question<'_>) -> Result<Response<Body>, ureq::Error> {
        let mut request = Request::builder()
            .method(&question.method)
            .uri(format!("{}{}", self.address, question.path))
            .header(ACCEPT, format!("{JSON}, application/json"));
        if let Some(header) = self.address.authorization() {
            request = request.header(AUTHORIZATION, header);
        }
        match &question.body {
            None => self.agent.run(request.body(())?),
            Some(body) => self.agent.run(request.header(CONTENT_TYPE, JSON).body(body.as_str())?),
        }
    }

    /// An error below HTTP. The library's message is used only if it cannot contain an address.
    fn failed(&self, error: &ureq::Error) -> Failed {
        let unreachable = |why: &str| RegistryErrorKind::Unreachable { why: why.to_owned() };
        let (kind, again) = match error {
            ureq::Error::Timeout(_) => {
                (RegistryErrorKind::Timeout { after: self.options.timeout }, false)
            }
            ureq::Error::Io(error) if error.kind() == ErrorKind::TimedOut => {
                (RegistryErrorKind::Timeout { after: self.options.timeout }, false)
            }
            ureq::Error::Io(error) if is_broken_off(error.kind()) => {
                (RegistryErrorKind::Broken { why: "it ends too early".to_owned() }, true)
            }
            ureq::Error::Io(error) => {
                (unreachable(&self.address.without_secrets(&error.to_string())), true)
            }
            ureq::Error::HostNotFound => (unreachable("the host is not known"), true),
            ureq::Error::ConnectionFailed => (unreachable("there is no connection"), true),
            ureq::Error::InvalidProxyUrl => {
                (unreachable("the proxy of the environment is not a URL"), false)
            }
            ureq::Error::ConnectProxyFailed(_) => {
                (unreachable("the proxy of the environment refuses the connection"), true)
            }
            ureq::Error::BodyExceedsLimit(_) => {
                let why = format!("it is longer than {} MiB", LONGEST >> 20);
                (RegistryErrorKind::NotARegistry { why }, false)
            }
            ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => {
                (RegistryErrorKind::Broken { why: "it is not HTTP".to_owned() }, true)
            }
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => {
                (unreachable("its URL is not a URL"), false)
            }
            error => (unreachable(&self.address.without_secrets(&error.to_string())), true),
        };
        Failed { kind, again }
    }
}

/// Whether a retry may succeed.
const fn is_temporary(status: u16) -> bool {
    status == 429 || (status >= 500 && status <= 599)
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
