//! What a request or a message says about where it comes from.

use super::baggage::{Baggage, BaggageMember};
use super::context::{STATE_ALONE, TraceContext};
use super::headers::{
    BAGGAGE, Headers, LEGACY_BAGGAGE, LEGACY_SPAN_ID, LEGACY_TRACE_ID, TRACEPARENT, TRACESTATE,
    WEVT_ORIGINATOR, WEVT_TRACE_ID,
};
use super::id::{SpanId, TraceId};
use super::invalid::{Extracted, HeaderRule, InvalidHeader};
use super::originator::{Originator, OriginatorKind, ParentOriginator};
use super::state::TraceState;
use super::wevt;
use crate::value::read::Input;

/// What a request or a message says about where it comes from: its trace, its baggage, the caller's
/// originator.
///
/// The first of `traceparent`, `x-wevt-trace-id` and `X-Trace-ID` that is there says which trace it
/// is; where it is not valid, that is a new one (W3C Trace Context §4.3), and no other header is
/// asked. The two of wevt count only together. Of a header that stands there more than once the
/// first counts, but for the lists `tracestate` and `baggage`, which are joined, and `traceparent`,
/// which is not valid then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    trace: Option<IncomingTrace>,
    baggage: Baggage,
    originator: Option<ParentOriginator>,
    discarded: Vec<InvalidHeader>,
}

/// The caller's place in a trace. Not every header says which span is open there.
#[derive(Clone, Debug, PartialEq, Eq)]
struct IncomingTrace {
    trace_id: TraceId,
    span_id: Option<SpanId>,
    sampled: bool,
    state: TraceState,
}

impl Incoming {
    /// Reads the headers. It cannot fail: what is not valid is left out, and
    /// [`Incoming::discarded`] says why.
    pub fn extract(headers: &Headers<'_>) -> Self {
        let mut discarded = Vec::new();
        let wevt = wevt_pair(headers, &mut discarded);
        let has = |name| headers.first(name).is_some();
        let trace = if has(TRACEPARENT) {
            w3c_trace(headers, &mut discarded)
        } else {
            discarded.extend(has(TRACESTATE).then_some(STATE_ALONE));
            if has(WEVT_TRACE_ID) || has(WEVT_ORIGINATOR) {
                wevt.as_ref().map(|(trace, _)| trace.clone())
            } else {
                legacy_trace(headers, &mut discarded)
            }
        };
        let baggage = if let Some(baggage) = headers.list(BAGGAGE) {
            Baggage::parse(&baggage).keep(&mut discarded)
        } else if has(TRACEPARENT) {
            Baggage::new()
        } else {
            legacy_baggage(headers).keep(&mut discarded)
        };
        Self { trace, baggage, originator: wevt.map(|(_, originator)| originator), discarded }
    }

    /// The trace, where there is one.
    pub fn trace_id(&self) -> Option<TraceId> {
        self.trace.as_ref().map(|trace| trace.trace_id)
    }

    /// The caller's span: the parent of the one that begins here.
    pub fn parent_span_id(&self) -> Option<SpanId> {
        self.trace.as_ref().and_then(|trace| trace.span_id)
    }

    /// A new span of the caller's trace, or of a new trace where there is none.
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

    /// What travels with the trace.
    pub fn baggage(&self) -> &Baggage {
        &self.baggage
    }

    /// What started the caller's unit of work.
    pub fn originator(&self) -> Option<&ParentOriginator> {
        self.originator.as_ref()
    }

    /// What starts the unit of work here: a new originator, whose parent is the caller's.
    pub fn originate(&self, kind: OriginatorKind) -> Originator {
        let originator = Originator::new(kind);
        match &self.originator {
            Some(parent) => originator.with_parent_id(parent.id().clone()),
            None => originator,
        }
    }

    /// What was left out, and why.
    pub fn discarded(&self) -> &[InvalidHeader] {
        &self.discarded
    }
}

fn w3c_trace(headers: &Headers<'_>, discarded: &mut Vec<InvalidHeader>) -> Option<IncomingTrace> {
    let read = if headers.is_repeated(TRACEPARENT) {
        // Nobody can say which of them is the caller's.
        Err(InvalidHeader::new(TRACEPARENT, HeaderRule::Repeated))
    } else {
        let state = headers.list(TRACESTATE);
        TraceContext::from_headers(headers.first(TRACEPARENT).unwrap_or_default(), state.as_deref())
    };
    let context = read.map_err(|error| discarded.push(error)).ok()?.keep(discarded);
    Some(IncomingTrace {
        trace_id: context.trace_id(),
        span_id: Some(context.span_id()),
        sampled: context.sampled(),
        state: context.tracestate().clone(),
    })
}

/// The trace and the originator of wevt, where both are valid.
fn wevt_pair(
    headers: &Headers<'_>,
    discarded: &mut Vec<InvalidHeader>,
) -> Option<(IncomingTrace, ParentOriginator)> {
    let (trace, originator) = match (headers.first(WEVT_TRACE_ID), headers.first(WEVT_ORIGINATOR)) {
        (Some(trace), Some(originator)) => (trace, originator),
        (None, None) => return None,
        (Some(_), None) => {
            discarded.push(InvalidHeader::new(
                WEVT_TRACE_ID,
                HeaderRule::Alone { needs: WEVT_ORIGINATOR },
            ));
            return None;
        }
        (None, Some(_)) => {
            discarded.push(InvalidHeader::new(
                WEVT_ORIGINATOR,
                HeaderRule::Alone { needs: WEVT_TRACE_ID },
            ));
            return None;
        }
    };
    let trace = wevt::read_trace_id(trace).map_err(|error| discarded.push(error)).ok();
    let originator =
        ParentOriginator::from_header(originator).map_err(|error| discarded.push(error)).ok();
    let ((trace_id, state), originator) = trace.zip(originator)?;
    Some((
        IncomingTrace { trace_id, span_id: None, sampled: true, state },
        originator.keep(discarded),
    ))
}

fn legacy_trace(
    headers: &Headers<'_>,
    discarded: &mut Vec<InvalidHeader>,
) -> Option<IncomingTrace> {
    let span = headers.first(LEGACY_SPAN_ID);
    let Some(trace_id) = headers.first(LEGACY_TRACE_ID).map(TraceId::parse) else {
        let alone =
            InvalidHeader::new(LEGACY_SPAN_ID, HeaderRule::Alone { needs: LEGACY_TRACE_ID });
        discarded.extend(span.map(|_| alone));
        return None;
    };
    if trace_id.is_none() {
        discarded.push(InvalidHeader::new(LEGACY_TRACE_ID, HeaderRule::TraceId));
    }
    let span_id = span.and_then(SpanId::parse);
    if span.is_some() && span_id.is_none() {
        discarded.push(InvalidHeader::new(LEGACY_SPAN_ID, HeaderRule::SpanId));
    }
    Some(IncomingTrace { trace_id: trace_id?, span_id, sampled: true, state: TraceState::new() })
}

/// A list as in `baggage`, or what services made before there was that: a JSON object of texts,
/// numbers and truth values.
fn legacy_baggage(headers: &Headers<'_>) -> Extracted<Baggage> {
    let text = headers.first(LEGACY_BAGGAGE).unwrap_or_default();
    if !text.starts_with('{') {
        return Baggage::parse_header(LEGACY_BAGGAGE, text);
    }
    match Input::parse(text).and_then(|input| input.object()) {
        Ok(object) => Baggage::collect(LEGACY_BAGGAGE, object.into_members().map(legacy_member)),
        Err(_) => {
            let error = InvalidHeader::new(LEGACY_BAGGAGE, HeaderRule::Object);
            Extracted { value: Baggage::new(), discarded: vec![error] }
        }
    }
}

fn legacy_member((key, value): (String, Input<'_>)) -> Result<BaggageMember, HeaderRule> {
    let text = match value.kind() {
        "text" => value.text().map_err(|_| HeaderRule::Value)?,
        "a number" | "a truth value" => value.json().into(),
        _ => return Err(HeaderRule::Value),
    };
    BaggageMember::new(&key, &text).map_err(|error| error.rule())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::external_id::ExternalId;
    use crate::trace::outgoing::Outgoing;
    use proptest::prelude::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    /// Not ASCII, as every word of an error is.
    const MARK: char = '\u{1f9ff}';
    const OTHER: &str = "00-12345678901234567890123456789012-1234567890123456-00";

    fn extract(headers: &[(&str, &str)]) -> Incoming {
        Incoming::extract(&headers.iter().copied().collect())
    }

    fn rules(incoming: &Incoming) -> Vec<(&'static str, HeaderRule)> {
        incoming.discarded().iter().map(|error| (error.header(), error.rule())).collect()
    }

    /// What the W3C's own test suite asks of headers as a whole.
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
        assert_eq!(rules(&duplicate), [(TRACESTATE, HeaderRule::Duplicate)]);
    }

    #[test]
    fn the_first_kind_of_header_that_is_there_decides() {
        let wevt = [
            ("x-wevt-trace-id", "12345678901234567890123456789012"),
            ("X-Wevt-Originator", "orig_1"),
        ];
        let legacy =
            [("X-Trace-ID", "99999999999999999999999999999999"), ("X-Span-ID", "1234567890123456")];

        let all = extract(&[&wevt[..], &legacy[..], &[("traceparent", PARENT)]].concat());
        assert_eq!((all.trace_id(), rules(&all)), (TraceId::parse(TRACE), vec![]));
        assert_eq!(all.originator().map(|originator| originator.id().as_str()), Some("orig_1"));

        let both = extract(&[&wevt[..], &legacy[..]].concat());
        assert_eq!(both.trace_id(), TraceId::parse(wevt[0].1));
        assert_eq!(both.parent_span_id(), None);

        let legacy = extract(&legacy);
        assert_eq!(legacy.trace_id(), TraceId::parse("99999999999999999999999999999999"));
        assert_eq!(legacy.parent_span_id(), SpanId::parse("1234567890123456"));
        assert_eq!(legacy.child().parent_span_id(), legacy.parent_span_id());

        let broken = extract(&[&wevt[..], &[("traceparent", "zzz")]].concat());
        assert_eq!(
            (broken.trace_id(), rules(&broken)),
            (None, vec![(TRACEPARENT, HeaderRule::Version)])
        );
    }

    #[test]
    fn e4_both_headers_are_needed() {
        let originator = extract(&[("x-wevt-originator", "orig_1")]);
        assert_eq!((originator.trace_id(), originator.originator()), (None, None));
        assert_eq!(
            rules(&originator),
            [(WEVT_ORIGINATOR, HeaderRule::Alone { needs: WEVT_TRACE_ID })]
        );

        let trace = extract(&[("x-wevt-trace-id", TRACE)]);
        assert_eq!(
            (trace.trace_id(), trace.originate(OriginatorKind::Http(None)).parent_id()),
            (None, None)
        );
        assert_eq!(rules(&trace), [(WEVT_TRACE_ID, HeaderRule::Alone { needs: WEVT_ORIGINATOR })]);

        let malformed = extract(&[("x-wevt-trace-id", TRACE), ("x-wevt-originator", "zzz")]);
        assert_eq!((malformed.trace_id(), malformed.originator()), (None, None));
        assert_eq!(rules(&malformed), [(WEVT_ORIGINATOR, HeaderRule::Originator)]);
    }

    #[test]
    fn c5_older_headers_are_read_where_there_is_no_traceparent() {
        // What their services send outside of a span.
        let zeros = extract(&[("X-Trace-ID", &"0".repeat(32)), ("X-Span-ID", &"0".repeat(16))]);
        assert_eq!(zeros.trace_id(), None);
        assert_eq!(
            rules(&zeros),
            [(LEGACY_TRACE_ID, HeaderRule::TraceId), (LEGACY_SPAN_ID, HeaderRule::SpanId)]
        );
        let alone = extract(&[("X-Span-ID", "1234567890123456")]);
        assert_eq!(rules(&alone), [(LEGACY_SPAN_ID, HeaderRule::Alone { needs: LEGACY_TRACE_ID })]);

        let object = r#"{"tenant":"acme inc","retries":2,"vip":true,"list":[],"a b":1}"#;
        let baggage = extract(&[("X-Trace-Baggage", object)]);
        assert_eq!(baggage.baggage().to_string(), "tenant=acme%20inc,retries=2,vip=true");
        assert_eq!(
            rules(&baggage),
            [(LEGACY_BAGGAGE, HeaderRule::Value), (LEGACY_BAGGAGE, HeaderRule::Key)]
        );
        assert_eq!(
            rules(&extract(&[("X-Trace-Baggage", "{")])),
            [(LEGACY_BAGGAGE, HeaderRule::Object)]
        );
        assert_eq!(extract(&[("X-Trace-Baggage", "a=1")]).baggage().get("a"), Some("1"));

        let newer = extract(&[("X-Trace-Baggage", "a=1"), ("traceparent", PARENT)]);
        assert!(newer.baggage().is_empty());
    }

    #[test]
    fn an_id_of_wevt_reaches_the_next_service_of_wevt() {
        let theirs = "trace_V1StGXR8Z5jdHi6BmyTab";
        let incoming = extract(&[
            ("x-wevt-trace-id", theirs),
            ("x-wevt-originator", "orig_V1StGXR8Z5jdHi6BmyTab"),
        ]);
        let context = incoming.child();
        let originator = incoming.originate(OriginatorKind::Http(None));
        assert_eq!(
            originator.parent_id().map(ExternalId::as_str),
            Some("orig_V1StGXR8Z5jdHi6BmyTab")
        );

        let mut headers: Vec<(&str, String)> = Vec::new();
        let outgoing = Outgoing::new(&context).with_originator_id(originator.id());
        outgoing.inject(|name, value| headers.push((name, value.to_owned())));
        let value =
            |name| headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str());
        assert_eq!(value(WEVT_TRACE_ID), Some(theirs));
        assert_eq!(value(WEVT_ORIGINATOR), Some(originator.id().as_str()));
        assert_eq!(value(BAGGAGE), None);
        // A service of this crate that is further on has the same trace, whichever header it reads.
        let further = [(WEVT_TRACE_ID, theirs), (WEVT_ORIGINATOR, "orig_2")];
        assert_eq!(extract(&further).trace_id(), Some(context.trace_id()));
    }

    proptest! {
        /// Any headers are read; what is left out is said in words that are the same for all input.
        #[test]
        fn any_headers_are_read_and_none_is_repeated(values in prop::collection::vec(any::<String>(), 8)) {
            let names = [TRACEPARENT, TRACESTATE, BAGGAGE, WEVT_TRACE_ID, WEVT_ORIGINATOR, LEGACY_TRACE_ID, LEGACY_SPAN_ID, LEGACY_BAGGAGE];
            let marked: Vec<String> = values.iter().map(|value| format!("{MARK}{value}")).collect();
            let incoming = Incoming::extract(&names.into_iter().zip(marked.iter().map(String::as_str)).collect());
            prop_assert!(incoming.trace_id().is_none() && !incoming.discarded().is_empty());
            for error in incoming.discarded() {
                let told = format!("{error} {error:?}");
                prop_assert!(told.is_ascii(), "the mark is in it: {}", told);
            }
        }
    }
}
