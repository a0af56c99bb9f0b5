//! The ids and the trace of a request: read from its headers, checked, given back.

use crate::settings::Settings;
use event_core::Context;
use event_core::context::CorrelationId;
use event_core::context::trace::{ExternalId, InvalidId, TraceContext};
use event_trace::{Headers, Incoming, request_id};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt::{Display, Write};

/// The ids of one request, all of them valid.
pub(crate) struct Ids {
    request_id: ExternalId,
    correlation_id: Option<ExternalId>,
    trace: Option<TraceContext>,
    /// The headers that were not used, each with the reason.
    discarded: String,
}

impl Ids {
    /// Reads the ids. The headers then have the valid ids only, so that a service which forwards
    /// them forwards no invalid one.
    pub(crate) fn read(settings: &Settings, headers: &mut HeaderMap) -> Self {
        let mut discarded = String::new();
        let (request_id, reason) = request_id(text(headers, &settings.request_id));
        if let Some(reason) = reason.filter(|reason| *reason != InvalidId::Missing) {
            note(&mut discarded, &format_args!("header `{}`: {reason}", settings.request_id));
        }
        put(headers, &settings.request_id, &request_id);
        let correlation_id = text(headers, &settings.correlation_id).map(ExternalId::parse);
        let correlation_id = match correlation_id {
            Some(Err(reason)) => {
                let name = &settings.correlation_id;
                note(&mut discarded, &format_args!("header `{name}`: {reason}"));
                headers.remove(name);
                None
            }
            Some(Ok(id)) => {
                put(headers, &settings.correlation_id, &id);
                Some(id)
            }
            None => None,
        };
        let trace = settings.binds_trace.then(|| trace(headers, &mut discarded));
        Self { request_id, correlation_id, trace, discarded }
    }

    pub(crate) fn request_id(&self) -> &str {
        self.request_id.as_str()
    }

    pub(crate) fn correlation_id(&self) -> Option<&str> {
        self.correlation_id.as_ref().map(ExternalId::as_str)
    }

    pub(crate) fn discarded(&self) -> Option<&str> {
        (!self.discarded.is_empty()).then_some(&self.discarded)
    }

    /// Adds the trace and the correlation id to a context.
    pub(crate) fn bind(&self, context: &Context) -> Context {
        let mut context = context.clone();
        if let Some(trace) = &self.trace {
            context = context.with(trace);
        }
        if let Some(id) = self.correlation_id() {
            context = context.with(&CorrelationId(id.into()));
        }
        context
    }

    /// Writes the ids into the headers of the answer.
    pub(crate) fn give_back(&self, settings: &Settings, headers: &mut HeaderMap) {
        put(headers, &settings.request_id, &self.request_id);
        if let Some(id) = &self.correlation_id {
            put(headers, &settings.correlation_id, id);
        }
    }
}

/// A header's value. Bytes that are no text are replaced by a text that is no id.
fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let value = headers.get(name)?.as_bytes();
    Some(str::from_utf8(value).unwrap_or("\u{fffd}"))
}

/// Replaces a header by an id. The characters of ids are allowed in headers.
pub(crate) fn put(headers: &mut HeaderMap, name: &HeaderName, id: &ExternalId) {
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        headers.insert(name.clone(), value);
    }
}

/// A new span of the trace that the headers have, or of a new trace.
fn trace(headers: &HeaderMap, discarded: &mut String) -> TraceContext {
    let pairs = headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), str::from_utf8(value.as_bytes()).ok()?)));
    let incoming = Incoming::extract(&pairs.collect::<Headers<'_>>());
    for invalid in incoming.discarded() {
        note(discarded, invalid);
    }
    incoming.child()
}

fn note(discarded: &mut String, what: &dyn Display) {
    let separator = if discarded.is_empty() { "" } else { "; " };
    // Writing to a `String` does not fail.
    let _ = write!(discarded, "{separator}{what}");
}
