//! What is configured of an HTTP target.

use super::{Endpoint, HttpError};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use event_core::Secret;
use std::path::PathBuf;
use std::time::Duration;
use ureq::http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

/// Where events are sent, and how. Its `Debug` output shows no secret.
#[derive(Clone, Debug)]
pub struct HttpTargetOptions {
    /// The URL of the receiver.
    pub endpoint: Endpoint,
    /// How events are written into requests.
    pub mode: ContentMode,
    /// The attribute `source`: a URI reference, such as `/shop` or `https://shop.example/orders`.
    /// Without it, the source of an event is `/` and its `context.service`.
    pub source: Option<String>,
    /// The header `Authorization`.
    pub authorization: Option<Authorization>,
    /// Further headers of each request: names, values.
    pub headers: Vec<(String, Secret<String>)>,
    /// The time for one request, from the connection to the head of the answer.
    pub timeout: Duration,
    /// The bytes that an event may have in the body of a request. A larger one is refused without
    /// being sent.
    pub max_event_bytes: Option<usize>,
    /// The requests in flight. Each has a thread.
    pub in_flight: usize,
    /// A file of certificates (PEM) that are trusted in addition to those that the operating system
    /// trusts.
    pub ca_file: Option<PathBuf>,
}

/// How events are written into requests: the content modes of the HTTP protocol binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentMode {
    /// One event a request, in the JSON format: `application/cloudevents+json`.
    Structured,
    /// One event a request, the attributes as headers `ce-..`, the envelope as the body.
    Binary,
    /// Several events a request: `application/cloudevents-batch+json`.
    Batch {
        /// How many events a request has at most.
        events: usize,
        /// How many bytes their envelopes have at most. A larger event is sent by itself.
        bytes: usize,
    },
}

/// The credentials of the header `Authorization`.
#[derive(Clone, Debug)]
pub enum Authorization {
    /// `Bearer` and a token (RFC 6750).
    Bearer(Secret<String>),
    /// `Basic`, a user and a password (RFC 7617).
    Basic {
        /// The user. It has no colon.
        user: String,
        /// The password.
        password: Secret<String>,
    },
}

impl HttpTargetOptions {
    /// The time for one request, unless it is configured.
    pub const TIMEOUT: Duration = Duration::from_secs(10);
    /// The requests in flight, unless it is configured.
    pub const IN_FLIGHT: usize = 8;
    /// The bytes of an event in the body of a request, unless it is configured.
    pub const MAX_EVENT_BYTES: usize = 256 << 10;

    /// Structured mode, and the defaults above.
    pub const fn new(endpoint: Endpoint) -> Self {
        Self {
            endpoint,
            mode: ContentMode::Structured,
            source: None,
            authorization: None,
            headers: Vec::new(),
            timeout: Self::TIMEOUT,
            max_event_bytes: Some(Self::MAX_EVENT_BYTES),
            in_flight: Self::IN_FLIGHT,
            ca_file: None,
        }
    }

    /// The headers of every request.
    pub(super) fn header_map(&self) -> Result<HeaderMap, HttpError> {
        let mut map = HeaderMap::new();
        for (name, value) in &self.headers {
            let invalid = || HttpError::Header { name: name.clone() };
            let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?;
            if is_of_the_target(parsed.as_str()) || map.contains_key(&parsed) {
                return Err(HttpError::ReservedHeader { name: name.clone() });
            }
            map.insert(parsed, hidden(value.expose()).ok_or_else(invalid)?);
        }
        if let Some(authorization) = &self.authorization {
            let value = hidden(&authorization.header()?).ok_or(HttpError::Authorization)?;
            if map.insert(AUTHORIZATION, value).is_some() {
                return Err(HttpError::ReservedHeader { name: AUTHORIZATION.to_string() });
            }
        }
        Ok(map)
    }
}

impl Authorization {
    fn header(&self) -> Result<String, HttpError> {
        match self {
            Self::Bearer(token) if token.expose().is_empty() => Err(HttpError::Authorization),
            Self::Bearer(token) => Ok(format!("Bearer {}", token.expose())),
            // A colon would end the user (RFC 7617, 2).
            Self::Basic { user, .. } if user.contains(':') => Err(HttpError::Authorization),
            Self::Basic { user, password } => {
                let user = format!("{user}:{}", password.expose());
                Ok(format!("Basic {}", BASE64_STANDARD.encode(user)))
            }
        }
    }
}

/// Whether the target writes this header, or it belongs to the connection (RFC 9110, 7.6.1). `ce-`
/// begins the headers of the binary mode (HTTP protocol binding of `CloudEvents`, 3.1.3).
pub(crate) fn is_of_the_target(name: &str) -> bool {
    const OWN: &[&str] = &[
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "expect",
        "host",
        "idempotency-key",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    OWN.contains(&name) || name.starts_with("ce-")
}

/// A value that is not shown by `Debug`.
fn hidden(value: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(value).ok()?;
    value.set_sensitive(true);
    Some(value)
}
