//! The secret in headers and queries, where redaction replaces it.

use event_core::context::trace::TraceContext;
use event_trace::{Headers, HttpRequest, Incoming, Originator, OriginatorKind, redact_query};

const PLANTED: &str = "5ecretplanted";

fn assert_hidden(name: &str, output: &str) {
    assert!(!output.is_empty(), "{name} is an output");
    assert!(!output.to_lowercase().contains(PLANTED), "{name}: {output}");
}

/// The outputs for a request with the secret: its Debug output, and the values that are read back
/// from the outgoing header.
fn told(request: HttpRequest) -> String {
    let originator = Originator::new(OriginatorKind::Http(Some(request)));
    let read = Originator::from_header(&originator.to_header());
    format!("{originator:?}{read:?}")
}

fn assert_redacted(headers: &[(&str, &str)], queries: &[&str]) {
    for (name, value) in headers {
        assert_hidden(name, &told(HttpRequest::new("GET", "/").with_header(name, value)));
    }
    for query in queries {
        assert_hidden(query, &redact_query(query));
        assert_hidden(query, &told(HttpRequest::new("GET", &format!("/?{query}"))));
        assert_hidden(query, &told(HttpRequest::new("GET", "/").with_query(query)));
        assert_hidden(
            query,
            &told(
                HttpRequest::new("GET", "/")
                    .with_header("referer", &format!("https://example.com/?{query}")),
            ),
        );
    }
}

#[test]
fn headers_and_queries_hide_it() {
    assert_redacted(
        &[
            ("Authorization", "Bearer 5ecretplanted"),
            ("cookie", "a=1; session=5ecretplanted"),
            ("X-Api-Key", "5ECRETPLANTED"),
            ("referer", "https://ada:5ecretplanted@example.com/"),
        ],
        &[
            "token=5ecretplanted",
            "a=1&accessToken=5ecretplanted",
            "user[password]=5ecretplanted",
            "%74oken=5ecretplanted",
            "next=%2Fa%3Ftoken%3D5ecretplanted",
        ],
    );
}

/// Spellings that an incomplete list would let through.
#[test]
fn headers_and_queries_hide_it_in_every_spelling() {
    assert_redacted(
        &[
            ("x-csrftoken", "5ecretplanted"),
            ("x-note", "Bearer 5ecretplanted"),
            ("referer", "amqp://user:a/5ecretplanted@host"),
        ],
        &[
            "PHPSESSID=5ecretplanted",
            "sessionid=5ecretplanted",
            "accesstoken=5ecretplanted",
            "passwords=5ecretplanted",
            "token%3D5ecretplanted",
            "%25252574oken=5ecretplanted",
            "filter={\"token\":\"5ecretplanted\"}",
            "token[5ecretplanted]=1",
        ],
    );
}

/// Unreadable headers are discarded, and reported without their content.
#[test]
fn headers_that_are_not_valid_are_not_shown() {
    for name in
        ["traceparent", "tracestate", "baggage", "wevt-originator", "wevt-parent-originator"]
    {
        let value = "\u{1}5ecretplanted;;==,\u{7f}";
        let incoming = Incoming::extract(&Headers::from_iter([(name, value)]));
        assert_hidden(name, &format!("{incoming:?}"));
        for discarded in incoming.discarded() {
            assert_hidden(name, &format!("{discarded} {discarded:?}"));
        }
    }
    for error in [
        format!("{:?}", TraceContext::from_headers("00-5ecretplanted-x-01", None)),
        format!("{:?}", Originator::from_header("5ecretplanted")),
    ] {
        assert_hidden("an error", &error);
    }
}
