//! The headers of services that are older than `traceparent`.

use crate::headers::{Headers, LEGACY_BAGGAGE, LEGACY_SPAN_ID, LEGACY_TRACE_ID};
use crate::incoming::IncomingTrace;
use crate::invalid::{HeaderRule, InvalidHeader};
use crate::{Baggage, BaggageMember};
use event_core::context::trace::{Extracted, SpanId, TraceId, TraceRule, TraceState};
use event_core::read::Input;

/// The caller's trace, if its id is valid. An invalid span id is left out.
pub(crate) fn trace(
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
        discarded.push(InvalidHeader::new(LEGACY_TRACE_ID, HeaderRule::Trace(TraceRule::TraceId)));
    }
    let span_id = span.and_then(SpanId::parse);
    if span.is_some() && span_id.is_none() {
        discarded.push(InvalidHeader::new(LEGACY_SPAN_ID, HeaderRule::Trace(TraceRule::SpanId)));
    }
    Some(IncomingTrace { trace_id: trace_id?, span_id, sampled: true, state: TraceState::new() })
}

/// Reads a list in the format of `baggage`, or the format of older services: a JSON object of
/// strings, numbers and booleans.
pub(crate) fn baggage(headers: &Headers<'_>) -> Extracted<Baggage, InvalidHeader> {
    let text = headers.first(LEGACY_BAGGAGE).unwrap_or_default();
    if !text.starts_with('{') {
        return Baggage::parse_header(LEGACY_BAGGAGE, text);
    }
    match Input::parse(text).and_then(|input| input.object()) {
        Ok(object) => Baggage::collect(LEGACY_BAGGAGE, object.into_members().map(member)),
        Err(_) => {
            let error = InvalidHeader::new(LEGACY_BAGGAGE, HeaderRule::Object);
            Extracted { value: Baggage::new(), discarded: vec![error] }
        }
    }
}

fn member((key, value): (String, Input<'_>)) -> Result<BaggageMember, HeaderRule> {
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
    use crate::Incoming;

    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    fn extract(headers: &[(&str, &str)]) -> Incoming {
        Incoming::extract(&headers.iter().copied().collect())
    }

    fn rules(incoming: &Incoming) -> Vec<(&'static str, HeaderRule)> {
        incoming.discarded().iter().map(|error| (error.header(), error.rule())).collect()
    }

    #[test]
    fn c5_older_headers_are_read_where_there_is_no_traceparent() {
        // The headers that these services send outside a span.
        let zeros = extract(&[("X-Trace-ID", &"0".repeat(32)), ("X-Span-ID", &"0".repeat(16))]);
        assert_eq!(zeros.trace_id(), None);
        assert_eq!(
            rules(&zeros),
            [
                (LEGACY_TRACE_ID, HeaderRule::Trace(TraceRule::TraceId)),
                (LEGACY_SPAN_ID, HeaderRule::Trace(TraceRule::SpanId))
            ]
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
}
