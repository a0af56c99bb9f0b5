//! The trace and the baggage of a request or a message.

use crate::headers::{BAGGAGE, Headers, TRACEPARENT, TRACESTATE};
use crate::invalid::{HeaderRule, InvalidHeader, keep};
#[cfg(feature = "wevt")]
use crate::wevt::{self, ParentOriginator};
use crate::{Baggage, legacy};
use event_core::context::trace::{SpanId, TraceContext, TraceId, TraceState};

/// `tracestate` has no meaning without a `traceparent` (W3C Trace Context §3.3).
const STATE_ALONE: InvalidHeader =
    InvalidHeader::new(TRACESTATE, HeaderRule::Alone { needs: TRACEPARENT });

/// The trace and the baggage of a request or a message, from its headers.
///
/// The first of `traceparent` and `X-Trace-ID` that is present gives the trace. If that header is
/// invalid, a new trace begins (W3C Trace Context §4.3), and no other header is read. If a header
/// occurs more than once, the first one counts. There are two exceptions: the lists `tracestate`
/// and `baggage` are joined, and a repeated `traceparent` is invalid.
///
/// With the feature `wevt`, `x-wevt-trace-id` is read if there is no `traceparent`. It counts only
/// together with `x-wevt-originator`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    trace: Option<IncomingTrace>,
    baggage: Baggage,
    #[cfg(feature = "wevt")]
    pub(crate) originator: Option<ParentOriginator>,
    discarded: Vec<InvalidHeader>,
}

/// The caller's place in a trace. Not every header has the caller's span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IncomingTrace {
    pub(crate) trace_id: TraceId,
    pub(crate) span_id: Option<SpanId>,
    pub(crate) sampled: bool,
    pub(crate) state: TraceState,
}

impl Incoming {
    /// Reads the headers. This cannot fail: invalid headers are left out, and
    /// [`Incoming::discarded`] has the reasons.
    pub fn extract(headers: &Headers<'_>) -> Self {
        let mut discarded = Vec::new();
        #[cfg(feature = "wevt")]
        let wevt = wevt::caller(headers, &mut discarded);
        let without_traceparent = |discarded: &mut Vec<InvalidHeader>| {
            discarded.extend(headers.has(TRACESTATE).then_some(STATE_ALONE));
            #[cfg(feature = "wevt")]
            if wevt::is_in(headers) {
                return wevt.as_ref().map(|(trace, _)| trace.clone());
            }
            legacy::trace(headers, discarded)
        };
        let trace = if headers.has(TRACEPARENT) {
            w3c_trace(headers, &mut discarded)
        } else {
            without_traceparent(&mut discarded)
        };
        let baggage = if let Some(baggage) = headers.list(BAGGAGE) {
            keep(Baggage::parse(&baggage), &mut discarded)
        } else if headers.has(TRACEPARENT) {
            Baggage::new()
        } else {
            keep(legacy::baggage(headers), &mut discarded)
        };
        Self {
            trace,
            baggage,
            #[cfg(feature = "wevt")]
            originator: wevt.map(|(_, originator)| originator),
            discarded,
        }
    }

    /// The trace, if there is one.
    pub fn trace_id(&self) -> Option<TraceId> {
        self.trace.as_ref().map(|trace| trace.trace_id)
    }

    /// The caller's span, which is the parent of the span that begins here.
    pub fn parent_span_id(&self) -> Option<SpanId> {
        self.trace.as_ref().and_then(|trace| trace.span_id)
    }

    /// A new span of the caller's trace, or of a new trace if there is none.
    pub fn child(&self) -> TraceContext {
        match self.trace.clone() {
            None => TraceContext::new_root(),
            Some(IncomingTrace { trace_id, span_id, sampled, state }) => {
                TraceContext::new(trace_id, SpanId::random())
                    .with_parent_span_id(span_id)
                    .with_sampled(sampled)
                    .with_tracestate(state)
            }
        }
    }

    /// The baggage that travels with the trace.
    pub fn baggage(&self) -> &Baggage {
        &self.baggage
    }

    /// The headers and members that were left out, with the reasons.
    pub fn discarded(&self) -> &[InvalidHeader] {
        &self.discarded
    }
}

fn w3c_trace(headers: &Headers<'_>, discarded: &mut Vec<InvalidHeader>) -> Option<IncomingTrace> {
    let read = if headers.is_repeated(TRACEPARENT) {
        // Either header may be the caller's.
        Err(InvalidHeader::new(TRACEPARENT, HeaderRule::Repeated))
    } else {
        let state = headers.list(TRACESTATE);
        TraceContext::from_headers(headers.first(TRACEPARENT).unwrap_or_default(), state.as_deref())
            .map_err(InvalidHeader::from)
    };
    let context = keep(read.map_err(|error| discarded.push(error)).ok()?, discarded);
    Some(IncomingTrace {
        trace_id: context.trace_id(),
        span_id: Some(context.span_id()),
        sampled: context.sampled(),
        state: context.tracestate().clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headers::NAMES;
    use event_core::context::trace::TraceRule;
    use proptest::prelude::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    /// Not ASCII, while every word of an error is.
    const MARK: char = '\u{1f9ff}';
    const OTHER: &str = "00-12345678901234567890123456789012-1234567890123456-00";

    fn extract(headers: &[(&str, &str)]) -> Incoming {
        Incoming::extract(&headers.iter().copied().collect())
    }

    fn rules(incoming: &Incoming) -> Vec<(&'static str, HeaderRule)> {
        incoming.discarded().iter().map(|error| (error.header(), error.rule())).collect()
    }

    /// The cases of the W3C's own test suite for headers as a whole.
    #[test]
    fn verdicts_of_the_w3c_suite() {
        for name in ["traceparent", "TraceParent", "TrAcEpArEnT", "TRACEPARENT"] {
            assert_eq!(
                extract(&[(name, &format!("\t {PARENT} \t"))]).trace_id(),
                TraceId::parse(TRACE)
            );
        }
        for name in ["trace-parent", "trace.parent"] {
            assert_eq!(extract(&[(name, PARENT)]), Incoming::default());
        }
        let twice = extract(&[("traceparent", PARENT), ("traceparent", OTHER)]);
        assert_eq!(
            (twice.trace_id(), rules(&twice)),
            (None, vec![(TRACEPARENT, HeaderRule::Repeated)])
        );

        let alone = extract(&[("tracestate", "foo=1")]);
        assert!(alone.child().tracestate().is_empty());
        assert_eq!(rules(&alone), [(TRACESTATE, HeaderRule::Alone { needs: TRACEPARENT })]);

        let spread = [
            ("tracestate", "foo=1,bar=2"),
            ("traceparent", PARENT),
            ("tracestate", ""),
            ("Tracestate", "baz=3"),
        ];
        assert_eq!(extract(&spread).child().tracestate().to_string(), "foo=1,bar=2,baz=3");
        let duplicate =
            extract(&[("traceparent", PARENT), ("tracestate", "foo=1"), ("tracestate", "foo=2")]);
        assert_eq!(duplicate.trace_id(), TraceId::parse(TRACE));
        assert_eq!(rules(&duplicate), [(TRACESTATE, HeaderRule::Trace(TraceRule::Duplicate))]);
    }

    #[test]
    fn the_first_kind_of_header_that_is_there_decides() {
        let legacy =
            [("X-Trace-ID", "99999999999999999999999999999999"), ("X-Span-ID", "1234567890123456")];

        let both = extract(&[&legacy[..], &[("traceparent", PARENT)]].concat());
        assert_eq!((both.trace_id(), rules(&both)), (TraceId::parse(TRACE), vec![]));

        let broken = extract(&[&legacy[..], &[("traceparent", "zzz")]].concat());
        assert_eq!(
            (broken.trace_id(), rules(&broken)),
            (None, vec![(TRACEPARENT, HeaderRule::Trace(TraceRule::Version))])
        );

        let legacy = extract(&legacy);
        assert_eq!(legacy.trace_id(), TraceId::parse("99999999999999999999999999999999"));
        assert_eq!(legacy.parent_span_id(), SpanId::parse("1234567890123456"));
        assert_eq!(legacy.child().parent_span_id(), legacy.parent_span_id());
    }

    proptest! {
        /// Any headers are read. The reasons are texts that do not depend on the input.
        #[test]
        fn any_headers_are_read_and_none_is_repeated(values in prop::collection::vec(any::<String>(), NAMES.len())) {
            let marked: Vec<String> = values.iter().map(|value| format!("{MARK}{value}")).collect();
            let incoming = Incoming::extract(&NAMES.iter().copied().zip(marked.iter().map(String::as_str)).collect());
            prop_assert!(incoming.trace_id().is_none() && !incoming.discarded().is_empty());
            for error in incoming.discarded() {
                let told = format!("{error} {error:?}");
                prop_assert!(told.is_ascii(), "the mark is in it: {}", told);
            }
        }
    }
}
