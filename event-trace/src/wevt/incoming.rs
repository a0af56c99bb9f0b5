//! The trace and the originator of the caller, from the headers of wevt.

use super::{ORIGINATOR, Originator, OriginatorKind, ParentOriginator, TRACE_ID, trace_id};
use crate::headers::Headers;
use crate::incoming::{Incoming, IncomingTrace};
use crate::invalid::{HeaderRule, InvalidHeader, keep};

impl Incoming {
    /// The originator of the caller's unit of work.
    pub fn originator(&self) -> Option<&ParentOriginator> {
        self.originator.as_ref()
    }

    /// Makes the originator of the unit of work here. Its parent is the caller's originator.
    pub fn originate(&self, kind: OriginatorKind) -> Originator {
        let originator = Originator::new(kind);
        match &self.originator {
            Some(parent) => originator.with_parent_id(parent.id().clone()),
            None => originator,
        }
    }
}

/// Whether a header of wevt is present. If so, it gives the trace, and older headers are ignored.
pub(crate) fn is_in(headers: &Headers<'_>) -> bool {
    headers.has(TRACE_ID) || headers.has(ORIGINATOR)
}

/// The trace and the originator of wevt, if both are valid.
pub(crate) fn caller(
    headers: &Headers<'_>,
    discarded: &mut Vec<InvalidHeader>,
) -> Option<(IncomingTrace, ParentOriginator)> {
    let (trace, originator) = match (headers.first(TRACE_ID), headers.first(ORIGINATOR)) {
        (Some(trace), Some(originator)) => (trace, originator),
        (None, None) => return None,
        (Some(_), None) => {
            discarded.push(InvalidHeader::new(TRACE_ID, HeaderRule::Alone { needs: ORIGINATOR }));
            return None;
        }
        (None, Some(_)) => {
            discarded.push(InvalidHeader::new(ORIGINATOR, HeaderRule::Alone { needs: TRACE_ID }));
            return None;
        }
    };
    let trace = trace_id::read(trace).map_err(|error| discarded.push(error)).ok();
    let originator =
        ParentOriginator::from_header(originator).map_err(|error| discarded.push(error)).ok();
    let ((trace_id, state), originator) = trace.zip(originator)?;
    Some((
        IncomingTrace { trace_id, span_id: None, sampled: true, state },
        keep(originator, discarded),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outgoing;
    use crate::headers::{BAGGAGE, TRACEPARENT};
    use crate::wevt::WevtRule;
    use event_core::context::trace::{ExternalId, TraceId, TraceRule};

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    fn extract(headers: &[(&str, &str)]) -> Incoming {
        Incoming::extract(&headers.iter().copied().collect())
    }

    fn rules(incoming: &Incoming) -> Vec<(&'static str, HeaderRule)> {
        incoming.discarded().iter().map(|error| (error.header(), error.rule())).collect()
    }

    #[test]
    fn it_is_asked_after_traceparent_and_before_older_headers() {
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

        let broken = extract(&[&wevt[..], &[("traceparent", "zzz")]].concat());
        assert_eq!(
            (broken.trace_id(), rules(&broken)),
            (None, vec![(TRACEPARENT, HeaderRule::Trace(TraceRule::Version))])
        );
    }

    #[test]
    fn e4_both_headers_are_needed() {
        let originator = extract(&[("x-wevt-originator", "orig_1")]);
        assert_eq!((originator.trace_id(), originator.originator()), (None, None));
        assert_eq!(rules(&originator), [(ORIGINATOR, HeaderRule::Alone { needs: TRACE_ID })]);

        let trace = extract(&[("x-wevt-trace-id", TRACE)]);
        assert_eq!(
            (trace.trace_id(), trace.originate(OriginatorKind::Http(None)).parent_id()),
            (None, None)
        );
        assert_eq!(rules(&trace), [(TRACE_ID, HeaderRule::Alone { needs: ORIGINATOR })]);

        let malformed = extract(&[("x-wevt-trace-id", TRACE), ("x-wevt-originator", "zzz")]);
        assert_eq!((malformed.trace_id(), malformed.originator()), (None, None));
        assert_eq!(rules(&malformed), [(ORIGINATOR, HeaderRule::Wevt(WevtRule::Originator))]);
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
        assert_eq!(value(TRACE_ID), Some(theirs));
        assert_eq!(value(ORIGINATOR), Some(originator.id().as_str()));
        assert_eq!(value(BAGGAGE), None);
        // A later service that uses this crate has the same trace, whichever header it reads.
        let further = [(TRACE_ID, theirs), (ORIGINATOR, "orig_2")];
        assert_eq!(extract(&further).trace_id(), Some(context.trace_id()));
    }
}
