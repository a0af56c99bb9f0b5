//! The headers that carry a trace, selected from the headers of a request or a message.

#[cfg(feature = "wevt")]
use crate::wevt;
use event_core::context::trace::{TraceState, Traceparent};

/// W3C Trace Context, §3.2.
pub(crate) const TRACEPARENT: &str = Traceparent::HEADER;
/// W3C Trace Context, §3.3.
pub(crate) const TRACESTATE: &str = TraceState::HEADER;
/// W3C Baggage, §3.1.
pub(crate) const BAGGAGE: &str = "baggage";
/// The trace, in services that are older than `traceparent`.
pub(crate) const LEGACY_TRACE_ID: &str = "x-trace-id";
/// The caller's span, in services that are older than `traceparent`.
pub(crate) const LEGACY_SPAN_ID: &str = "x-span-id";
/// Baggage, in services that are older than `traceparent`.
pub(crate) const LEGACY_BAGGAGE: &str = "x-trace-baggage";

/// The headers that [`Incoming::extract`](super::Incoming::extract) reads.
pub(crate) const NAMES: &[&str] = &[
    TRACEPARENT,
    TRACESTATE,
    BAGGAGE,
    #[cfg(feature = "wevt")]
    wevt::TRACE_ID,
    #[cfg(feature = "wevt")]
    wevt::ORIGINATOR,
    LEGACY_TRACE_ID,
    LEGACY_SPAN_ID,
    LEGACY_BAGGAGE,
];

/// The headers of a request or a message that carry a trace, borrowed from the full set of headers.
///
/// Collect it from pairs of names and values, in any order and case, or look the names up in a map
/// with [`Headers::from_lookup`]:
///
/// ```
/// use event_trace::{Headers, Incoming};
/// use std::collections::BTreeMap;
///
/// let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
/// let pairs = [("Host", "example.com"), ("TraceParent", parent)];
/// let from_pairs = Incoming::extract(&Headers::from_iter(pairs));
///
/// let map = BTreeMap::from([("traceparent", parent)]);
/// let from_map = Incoming::extract(&Headers::from_lookup(|name| map.get(name).copied()));
///
/// assert_eq!(from_pairs.trace_id(), from_map.trace_id());
/// assert!(from_map.trace_id().is_some());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Headers<'h> {
    found: Vec<(&'static str, &'h str)>,
}

impl<'h> Headers<'h> {
    /// Calls `lookup` for each header, with its name in lower case.
    pub fn from_lookup(mut lookup: impl FnMut(&'static str) -> Option<&'h str>) -> Self {
        NAMES.iter().filter_map(|name| Some((*name, lookup(name)?))).collect()
    }

    /// The first header of this name; `None` if it is missing or empty.
    pub(crate) fn first(&self, name: &str) -> Option<&'h str> {
        self.all(name).next()
    }

    /// Whether there is a non-empty header of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    /// Whether there is more than one header of this name.
    pub(crate) fn is_repeated(&self, name: &str) -> bool {
        self.all(name).nth(1).is_some()
    }

    /// The headers of this name as one list: a list may be split over several headers (RFC 9110
    /// §5.3).
    pub(crate) fn list(&self, name: &str) -> Option<String> {
        let all: Vec<&str> = self.all(name).collect();
        (!all.is_empty()).then(|| all.join(","))
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &'h str> {
        self.found.iter().filter(move |found| found.0 == name).map(|found| found.1)
    }
}

impl<'h> FromIterator<(&'h str, &'h str)> for Headers<'h> {
    fn from_iter<I: IntoIterator<Item = (&'h str, &'h str)>>(headers: I) -> Self {
        let known = |(name, value): (&str, &'h str)| {
            let name = NAMES.iter().find(|known| known.eq_ignore_ascii_case(name))?;
            // White space around a value is not part of it (RFC 9110 §5.5).
            let value = value.trim_matches([' ', '\t']);
            (!value.is_empty()).then_some((*name, value))
        };
        Self { found: headers.into_iter().filter_map(known).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::{BAGGAGE, Headers, LEGACY_SPAN_ID, TRACEPARENT, TRACESTATE};

    #[test]
    fn names_are_found_in_any_case_and_lists_are_joined() {
        let headers = Headers::from_iter([
            ("TRACEPARENT", " \ta\t "),
            ("trace-parent", "no"),
            ("TraceState", "foo=1,bar=2"),
            ("tracestate", ""),
            ("tracestate", "baz=3"),
            ("X-Span-Id", "first"),
            ("x-span-id", "second"),
        ]);
        assert_eq!(headers.first(TRACEPARENT), Some("a"));
        assert_eq!(headers.first(LEGACY_SPAN_ID), Some("first"));
        assert_eq!(headers.list(TRACESTATE).as_deref(), Some("foo=1,bar=2,baz=3"));
        assert_eq!(headers.list(BAGGAGE), None);
        assert!(headers.is_repeated(LEGACY_SPAN_ID) && !headers.is_repeated(TRACEPARENT));
    }
}
