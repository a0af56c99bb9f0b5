//! The headers of wevt, through the public API alone: the feature `wevt`.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use event_trace::{
    Headers, HttpRequest, Incoming, Originator, OriginatorKind, Outgoing, Redaction, redact_query,
};

#[test]
fn c5_the_callee_knows_what_started_the_callers_unit_of_work() {
    let incoming = Incoming::extract(&Headers::default());
    let here = incoming.child();
    let originator =
        incoming.originate(OriginatorKind::Http(Some(HttpRequest::new("GET", "/orders"))));
    let mut headers = Vec::new();
    Outgoing::new(&here)
        .with_originator(&originator)
        .inject(|name, value| headers.push((name, value.to_owned())));

    let callee =
        Incoming::extract(&headers.iter().map(|(name, value)| (*name, value.as_str())).collect());
    assert_eq!(callee.parent_span_id(), Some(here.span_id()));
    let caused = callee.originate(OriginatorKind::Http(None));
    assert_eq!(caused.parent_id(), Some(originator.id()));
}

/// `{v:1,id:"orig_1",t:"http",ts:1,d:{method:"GET",path:"/é"}}` as this crate writes it, and as
/// wevt 0.0.2 does.
const E4_OURS: &str = "eyJ2IjoxLCJpZCI6Im9yaWdfMSIsInQiOiJodHRwIiwidHMiOjEsImQiOnsibWV0aG9kIjoiR0VUIiwicGF0aCI6Ii_DqSJ9fQ";
const E4_THEIRS: &str = "eyJ2IjogMSwgImlkIjogIm9yaWdfMSIsICJ0IjogImh0dHAiLCAidHMiOiAxLCAiZCI6IHsibWV0aG9kIjogIkdFVCIsICJwYXRoIjogIi9cdTAwZTkifX0";

#[test]
fn e4_their_vector_goes_through_and_nonsense_does_not() {
    let read = |header| Originator::from_header(header).unwrap().value;
    assert_eq!(read(E4_THEIRS), read(E4_OURS));
    assert_eq!(read(E4_THEIRS).to_header(), E4_OURS);
    let originator = read(E4_OURS);
    assert_eq!((originator.id().as_str(), originator.timestamp().as_micros()), ("orig_1", 1_000));
    assert_eq!(originator.kind(), &OriginatorKind::Http(Some(HttpRequest::new("GET", "/é"))));

    let incoming = |headers: &[(&str, &str)]| Incoming::extract(&headers.iter().copied().collect());
    let trace = ("X-WEVT-Trace-Id", "4bf92f3577b34da6a3ce929d0e0e4736");
    let both = incoming(&[trace, ("X-WEVT-Originator", E4_THEIRS), ("x-wevt-originator", "zzz")]);
    assert_eq!(both.trace_id().unwrap().to_string(), trace.1);
    assert_eq!(both.originate(OriginatorKind::Http(None)).parent_id().unwrap().as_str(), "orig_1");
    assert_eq!(both.discarded(), []);

    for headers in
        [&[trace, ("x-wevt-originator", "zzz")][..], &[trace], &[("x-wevt-originator", E4_OURS)]]
    {
        let incoming = incoming(headers);
        assert_eq!((incoming.trace_id(), incoming.originator()), (None, None));
        assert_eq!(incoming.discarded().len(), 1);
    }
}

#[test]
fn e5_sensitive_parameters_and_headers_are_redacted() {
    let redacted = "a=1&token=%5BREDACTED%5D&Token=%5BREDACTED%5D&x=";
    assert_eq!(redact_query("a=1&token=abc&Token=q&x="), redacted);

    let request = HttpRequest::new("GET", "/orders?a=1&token=abc&Token=q&x=")
        .with_header("Authorization", "Bearer abc")
        .with_header("X-Voucher", "abc")
        .with_client_ip([203, 0, 113, 77].into())
        .redacted(Redaction::standard_and(&["x_voucher"]));
    let originator = Originator::new(OriginatorKind::Http(Some(request)));
    let read = Originator::from_header(&originator.to_header()).unwrap().value;
    let OriginatorKind::Http(Some(request)) = read.kind() else { panic!("a request") };
    assert_eq!(request.query(), Some(redacted));
    let headers: Vec<_> = request.headers().collect();
    assert_eq!(headers, [("authorization", "[REDACTED]"), ("x-voucher", "[REDACTED]")]);
    assert_eq!(request.client_ip(), Some([203, 0, 113, 0].into()));
}

#[test]
fn a_target_is_redacted_as_a_whole() {
    let request = HttpRequest::new("GET", "https://user:a?s3cret@host/x?a=1");
    assert_eq!((request.path(), request.query()), ("https://[REDACTED]@host/x", Some("a=1")));
}
