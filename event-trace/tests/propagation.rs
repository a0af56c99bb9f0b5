//! Trace context from process to process, through the public API alone.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a test, which speaks to its caller on stdout"
)]

use event_core::context::trace::{InvalidId, TraceContext};
use event_trace::{Headers, Incoming, Outgoing, request_id};
use std::env;
use std::process::Command;

/// Holds the headers of the call, one a line, where this process is the callee.
const CALL: &str = "EVENTS_TESTS_CALL";
/// How the callee's line begins, among those of the test harness.
const ANSWER: &str = "callee: ";

/// Runs this test in a process of its own, as the callee of a call with these headers; gives what
/// the callee says.
fn call(test: &str, headers: &str) -> Vec<String> {
    let callee = Command::new(env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(CALL, headers)
        .output()
        .unwrap();
    let output = String::from_utf8(callee.stdout).unwrap();
    assert!(callee.status.success(), "{output}");
    // The harness writes the test's name on the same line.
    let answer =
        output.lines().find_map(|line| line.split_once(ANSWER)).expect("the callee answers");
    answer.1.split(' ').map(str::to_owned).collect()
}

/// What the callee does: it takes the headers of the call and says where it stands.
fn answer(headers: &str) {
    let incoming =
        Incoming::extract(&headers.lines().filter_map(|line| line.split_once(": ")).collect());
    let here = incoming.child();
    let parent = incoming.parent_span_id().map_or("-".to_owned(), |span| span.to_string());
    let tenant = incoming.baggage().get("tenant").unwrap_or("-");
    println!("{ANSWER}{} {parent} {} {tenant}", here.trace_id(), here.span_id());
}

fn lines(outgoing: &Outgoing<'_>) -> String {
    let mut headers = Vec::new();
    outgoing.inject(|name, value| headers.push(format!("{name}: {value}\n")));
    headers.concat()
}

#[test]
fn c5_two_processes_have_one_trace_and_a_parent_link() {
    const TEST: &str = "c5_two_processes_have_one_trace_and_a_parent_link";
    if let Ok(headers) = env::var(CALL) {
        return answer(&headers);
    }
    // What came in to this process, and goes on to the next.
    let incoming = Incoming::extract(&Headers::from_iter([("baggage", "tenant=acme;tier=1")]));
    let here = incoming.child();
    let outgoing = Outgoing::new(&here).with_baggage(incoming.baggage());

    let [trace, parent, span, tenant] = call(TEST, &lines(&outgoing)).try_into().unwrap();
    assert_eq!(trace, here.trace_id().to_string());
    assert_eq!(parent, here.span_id().to_string());
    assert!(span != parent && span.len() == 16);
    assert_eq!(tenant, "acme");

    // An older service calls, with the headers that it has.
    let older = format!(
        "X-Trace-ID: {}\nX-Span-ID: {}\nX-Trace-Baggage: {{\"tenant\": \"acme\"}}\n",
        here.trace_id(),
        here.span_id()
    );
    let [trace, parent, _, tenant] = call(TEST, &older).try_into().unwrap();
    assert_eq!((trace, parent), (here.trace_id().to_string(), here.span_id().to_string()));
    assert_eq!(tenant, "acme");

    // Without headers the trace is another.
    let [trace, parent, ..] = <[String; 4]>::try_from(call(TEST, "")).unwrap();
    assert!(trace != here.trace_id().to_string() && parent == "-");
}

#[test]
fn c5_tracestate_goes_through_and_flags_with_it() {
    let unsampled = "00-12345678901234567890123456789012-1234567890123456-00";
    let headers =
        [("Traceparent", unsampled), ("Tracestate", "rojo=1, congo=2"), ("Tracestate", "baz=3")];
    let here = Incoming::extract(&headers.into_iter().collect()).child();
    let expected = format!(
        "traceparent: 00-{}-{}-00\ntracestate: rojo=1,congo=2,baz=3\n",
        here.trace_id(),
        here.span_id()
    );
    assert_eq!(lines(&Outgoing::new(&here)), expected);

    // As the W3C's test suite has it: later versions are read as far as 00 goes, `ff` and uppercase
    // are not.
    let is_read = |header: &str| TraceContext::from_headers(header, None).is_ok();
    let rest = &unsampled[2..];
    assert!(is_read(&format!("cc{rest}-what-the-future-will-be-like")));
    for header in [
        format!("cc{rest}.what"),
        format!("00{rest}-what"),
        format!("ff{rest}"),
        format!("0{rest}"),
    ] {
        assert!(!is_read(&header), "{header}");
    }
}

#[test]
fn d3_a_hostile_request_id_is_replaced_and_the_reason_given() {
    let header = "rid-1\n{\"inject\":1}";
    let (id, reason) = request_id(Some(header));
    assert_eq!(reason, Some(InvalidId::Character { at: 5 }));
    let said = reason.unwrap().to_string();
    assert!(!id.as_str().contains("rid-1") && !said.contains("rid-1") && !said.contains("inject"));

    assert_eq!(request_id(Some("rid-1")).0.as_str(), "rid-1");
    for (header, expected) in [(None, InvalidId::Missing), (Some(""), InvalidId::Empty)] {
        let (other, reason) = request_id(header);
        assert_eq!(reason, Some(expected));
        assert!(other != id && other.as_str().len() == 36);
    }
    assert_eq!(request_id(Some(&"x".repeat(129))).1, Some(InvalidId::TooLong));
}

/// 100,000 requests with headers that are nearly right: each is read, and what is read is written
/// as headers that read back.
#[test]
fn headers_that_are_nearly_right_are_read_or_left_out() {
    const RIGHT: [(&str, &str); 3] = [
        ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        ("tracestate", "rojo=00f067aa0ba902b7,0congo@x=t61rcWkgMzE , foo=1"),
        ("baggage", "tenant=acme%20inc;via=100%;q,plan=50%25 , k=v"),
    ];
    const PIECES: [&str; 16] =
        ["", ",", "=", ";", "%", "-", "@", " ", "\t", "0", "f", "A", "é", "\0", "%F", ",a=1"];
    // SplitMix64 with a fixed seed: a failure is the same next time.
    let mut seed = 7_u64;
    let mut below = |limit: usize| {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (seed ^ seed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        usize::try_from((mixed ^ mixed >> 27) % limit as u64).unwrap()
    };
    let mut whole = 0;
    for _ in 0..100_000 {
        let headers = RIGHT.map(|(name, text)| {
            let mut chars: Vec<char> = text.chars().collect();
            for _ in 0..below(3) {
                let at = below(chars.len());
                let piece = PIECES[below(PIECES.len())];
                chars.splice(at..at + below(2), piece.chars());
            }
            (name, chars.into_iter().collect::<String>())
        });
        let extract = |headers: &[(&str, String)]| {
            Incoming::extract(
                &headers.iter().map(|(name, value)| (*name, value.as_str())).collect(),
            )
        };
        let incoming = extract(&headers);
        whole += usize::from(incoming.discarded().is_empty());
        let here = incoming.child();
        let mut call = Vec::new();
        Outgoing::new(&here)
            .with_baggage(incoming.baggage())
            .inject(|name, value| call.push((name, value.to_owned())));
        let callee = extract(&call);
        assert_eq!(callee.discarded(), [], "{headers:?}");
        assert_eq!(
            (callee.trace_id(), callee.parent_span_id()),
            (Some(here.trace_id()), Some(here.span_id()))
        );
        assert_eq!(
            (callee.baggage(), callee.child().tracestate()),
            (incoming.baggage(), here.tracestate())
        );
    }
    assert!((10_000..90_000).contains(&whole), "{whole} were right");
}
