//! Events as `CloudEvents` 1.0.2 over HTTP.
//!
//! [`HttpTarget`] sends events by POST, as the HTTP protocol binding 1.0.2 of `CloudEvents` says, in
//! one of three [modes](ContentMode). The attributes are:
//!
//! | attribute | value |
//! | --- | --- |
//! | `id` | the id of the event: two requests with one `source` and `id` are one event |
//! | `source` | [`HttpTargetOptions::source`], or `/` and the service that emitted the event |
//! | `type` | the name of the event, with dots |
//! | `dataschema` | the `$id` of the exported schema: `urn:event:NAME:VERSION:envelope:write` |
//! | `subject`, `partitionkey` | type and id of the entity, with `/` between; its id |
//! | `time`, `recordedtime` | when it happened; when it was recorded |
//! | `sequence` | the place in the outbox: 19 digits, in lexical order |
//! | `traceparent` | the trace and the span |
//! | data | the envelope |
//!
//! A request of one event has the header `Idempotency-Key` too: the id of the event.
//!
//! # Guarantees
//!
//! - An event is delivered when the receiver answers 2xx, at least once. If the answer is lost, the
//!   event is sent again, with the same `id`.
//! - Events of one entity arrive in order: the relay has one of them in flight.
//! - What a status means:
//!
//! | answer | outcome |
//! | --- | --- |
//! | 2xx | delivered |
//! | 408, 425, 429, 5xx; no connection, timeout, a broken answer | sent again, not before `Retry-After` (at most an hour) |
//! | 3xx, 401, 403, 404, 405, 407, 410, 415, 421, 426 | sent again: the configuration is wrong, no event is |
//! | 413 and the other 4xx | the event is refused |
//!
//! - Redirects are not followed: credentials go to the configured URL only. Proxies are taken from
//!   the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`).
//! - No reason and no `Debug` output has credentials, the query of the URL, or a part of an event or
//!   of an answer.
//!
//! The handshake of the webhook specification (`OPTIONS` with `WebHook-Request-Origin`) is not
//! made: the configuration says that the receiver agrees.

mod agent;
#[cfg(feature = "kafka")]
mod client;
mod endpoint;
mod error;
mod options;
mod outcome;
mod request;
mod retry_after;

pub(crate) use super::cloud_event::is_uri_reference;
#[cfg(feature = "kafka")]
pub(super) use client::Client;
pub use endpoint::{Endpoint, InvalidEndpoint};
pub use error::HttpError;
pub(crate) use options::is_of_the_target;
pub use options::{Authorization, ContentMode, HttpTargetOptions};

use super::{BlockingTarget, Limits, MAX_EVENT_BYTES, Outcome, raise};
use crate::message::Message;
use request::Refused;
use std::fmt;
use std::sync::Arc;
use ureq::Agent;
use ureq::http::HeaderMap;

/// Sends events as `CloudEvents` over HTTP. See the [module](self).
pub struct HttpTarget {
    options: HttpTargetOptions,
    /// The headers of every request, with the credentials.
    headers: HeaderMap,
    agent: Agent,
}

impl HttpTarget {
    /// Makes the target. It connects when it has something to send.
    ///
    /// # Errors
    ///
    /// If an option is not valid, or the file of certificates cannot be read.
    pub fn new(options: HttpTargetOptions) -> Result<Self, HttpError> {
        if let Some(source) = options.source.as_deref().filter(|it| !is_uri_reference(it)) {
            return Err(HttpError::Source { source: source.to_owned() });
        }
        let headers = options.header_map()?;
        let agent = agent::agent(&options)?;
        Ok(Self { options, headers, agent })
    }
}

impl BlockingTarget for HttpTarget {
    fn limits(&self) -> Limits {
        let in_flight = self.options.in_flight.max(1);
        match self.options.mode {
            ContentMode::Structured | ContentMode::Binary => {
                Limits { in_flight, events: 1, bytes: usize::MAX }
            }
            ContentMode::Batch { events, bytes } => {
                Limits { in_flight, events: events.max(1), bytes }
            }
        }
    }

    fn publish(&self, batch: &[Arc<Message>]) -> Outcome {
        let mut delivered = Outcome::Delivered { duplicates: 0 };
        for events in request::parts(self.options.mode, batch) {
            let request = match request::request(&self.options, &self.headers, events) {
                Ok(request) => request,
                Err(refused) => return self.refused(&refused),
            };
            delivered = match self.agent.run(request) {
                Ok(response) => outcome::of_answer(&self.options.endpoint, response),
                Err(error) => outcome::of_error(&self.options, &error),
            };
            if !matches!(delivered, Outcome::Delivered { .. }) {
                break;
            }
        }
        delivered
    }
}

impl HttpTarget {
    /// What becomes of events that are not sent.
    fn refused(&self, refused: &Refused) -> Outcome {
        match refused {
            Refused::NotMapped(why) => (*why).into(),
            Refused::TooLarge { bytes, limit } => Outcome::Unsendable {
                reason: format!(
                    "the event has {bytes} bytes; `max_event_bytes` is {limit}{}",
                    raise(MAX_EVENT_BYTES)
                ),
            },
            Refused::NoRequest => Outcome::Unavailable {
                reason: format!("cannot make a request to `{}`", self.options.endpoint),
                retry_after: None,
            },
        }
    }
}

impl fmt::Debug for HttpTarget {
    /// The agent would show the proxy's password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTarget").field("options", &self.options).finish_non_exhaustive()
    }
}
