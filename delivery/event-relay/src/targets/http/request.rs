//! Events as requests.

use super::super::cloud_event::{CloudEvent, NotMapped, header_value};
use super::{ContentMode, HttpTargetOptions};
use crate::message::Message;
use std::sync::Arc;
use ureq::http::header::{CONTENT_TYPE, HeaderMap};
use ureq::http::{Request, request};

/// Why events are not sent.
pub(super) enum Refused {
    NotMapped(NotMapped),
    TooLarge { bytes: usize, limit: usize },
    NoRequest,
}

impl From<NotMapped> for Refused {
    fn from(why: NotMapped) -> Self {
        Self::NotMapped(why)
    }
}

/// The events of each request. The relay keeps to the limits; a caller that does not still sends
/// whole events.
pub(super) fn parts(
    mode: ContentMode,
    batch: &[Arc<Message>],
) -> impl Iterator<Item = &[Arc<Message>]> + use<'_> {
    let events = match mode {
        ContentMode::Structured | ContentMode::Binary => 1,
        ContentMode::Batch { .. } => batch.len().max(1),
    };
    batch.chunks(events)
}

/// The request of these events: one, or in batch mode several.
pub(super) fn request(
    options: &HttpTargetOptions,
    headers: &HeaderMap,
    events: &[Arc<Message>],
) -> Result<Request<String>, Refused> {
    let source = options.source.as_deref();
    let messages = events;
    let events: Vec<CloudEvent<'_>> = messages
        .iter()
        .map(|message| CloudEvent::new(message, source))
        .collect::<Result<_, NotMapped>>()?;
    let mut request = Request::post(options.endpoint.url());
    if let Some(all) = request.headers_mut() {
        all.extend(headers.clone());
    }
    let (request, body) = match options.mode {
        ContentMode::Structured => {
            let body = bodies(options, &events)?.concat();
            (one(request, messages).header(CONTENT_TYPE, "application/cloudevents+json"), body)
        }
        ContentMode::Binary => {
            let body = bodies(options, &events)?.concat();
            (with_attributes(one(request, messages), events), body)
        }
        ContentMode::Batch { .. } => {
            let body = format!("[{}]", bodies(options, &events)?.join(","));
            (request.header(CONTENT_TYPE, "application/cloudevents-batch+json"), body)
        }
    };
    request.body(body).map_err(|_| Refused::NoRequest)
}

/// What each event is in a body.
fn bodies(options: &HttpTargetOptions, events: &[CloudEvent<'_>]) -> Result<Vec<String>, Refused> {
    let body = |event: &CloudEvent<'_>| {
        let body = match options.mode {
            ContentMode::Binary => event.data.to_owned(),
            ContentMode::Structured | ContentMode::Batch { .. } => event.json(),
        };
        match options.max_event_bytes {
            Some(limit) if body.len() > limit => {
                Err(Refused::TooLarge { bytes: body.len(), limit })
            }
            _ => Ok(body),
        }
    };
    events.iter().map(body).collect()
}

/// Adds the header of a request of one event: its id, as it is (the draft of the header puts it
/// into quotes, the services that have it do not).
fn one(mut request: request::Builder, events: &[Arc<Message>]) -> request::Builder {
    for event in events {
        request = request.header("idempotency-key", header_value(event.event_id.as_str().into()));
    }
    request
}

/// Adds the attributes as headers (HTTP protocol binding, 3.1).
fn with_attributes(mut request: request::Builder, events: Vec<CloudEvent<'_>>) -> request::Builder {
    for (name, value) in events.into_iter().flat_map(CloudEvent::into_headers) {
        request = request.header(name, value);
    }
    request
}
