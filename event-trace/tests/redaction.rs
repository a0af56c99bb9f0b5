//! Redaction of headers and queries: a secret with a name is found in every spelling, encoding and
//! nesting, and nothing else is touched.

use event_trace::{Redaction, redact_query};
use proptest::prelude::*;

#[test]
fn a_secret_is_found_in_other_headers() {
    for (name, value) in [
        ("x-forwarded-authorization", "s3cret"),
        ("x-original", "Bearer s3cret"),
        ("x-original", "bearer s3cret"),
        ("x-original", "Basic s3cret"),
        ("x-original", "Digest username=\"ada\", nonce=\"n\", response=\"s3cret\""),
        (
            "x-original",
            "AWS4-HMAC-SHA256 Credential=s3cret, SignedHeaders=host;date, Signature=s3cret",
        ),
        ("x-original", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.s3cret"),
        ("x-original", "a=1; token=s3cret; b=2"),
        ("x-original", "{\"a\":{\"authorization\":\"s3cret&s3cret\"}}"),
        ("x-original", "GET / HTTP/1.1\\nCookie: a=s3cret; b=s3cret"),
        ("referer", "https://user:s3cret@host/x"),
        ("referer", "https://host/x?a=1#access_token=s3cret"),
        ("location", "https://host/x?next=https%3A%2F%2Fuser%3As3cret%40host"),
        ("link", "<https://host/x?token=s3cret>; rel=next, <https://user:s3cret@host>; rel=last"),
    ] {
        let redacted = Redaction::STANDARD.header(name, value);
        assert!(!redacted.contains("s3cret"), "{value}: {redacted}");
        assert!(
            redacted.contains("REDACTED]") || redacted.contains("REDACTED%5D"),
            "{value}: {redacted}"
        );
    }
    assert_eq!(Redaction::STANDARD.header("x-original", "Bearer s3cret"), "[REDACTED]");
}

const INNOCENT: &[&str] = &[
    "a=1&b=%20c+d",
    "author=ada",
    "x=Zm9v==",
    "q=50%",
    "/a/b?c=d#e",
    "http://h/@x",
    "",
    "text/html;q=0.9, */*;q=0.8",
    "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0",
    "https://host:8080/x?from=2026-11-30T12:00:00Z&to=#top",
    "sort=-created;page[size]=10&filter={\"state\":\"open\",\"n\":[1,2]}",
    "attachment; filename=\"it's & that.pdf\"",
    "the basic plan of secretary=Ada & co?",
    "max-age=0, must-revalidate",
    "W/\"67ab43\"",
];

#[test]
fn what_is_innocent_is_left() {
    for text in INNOCENT {
        assert_eq!(redact_query(text), *text);
    }
}

/// What an encoder does to a text; the first leaves letters, the second does not.
fn encoded(text: &str, how: usize) -> String {
    let percent = |all: bool| {
        let each = |b: u8| {
            if b.is_ascii_alphanumeric() && !all {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        };
        text.bytes().map(each).collect::<String>()
    };
    match how {
        0 => percent(false),
        1 => percent(true),
        2 => text.chars().map(|c| if c == 'o' { "%6F".into() } else { c.to_string() }).collect(),
        3 => percent(false).replace("%20", "+"),
        _ => serde_json::json!({ "a": 1, "b": text }).to_string(),
    }
}

/// A text in which the secret is given a name.
fn planted(name: &str, form: usize) -> String {
    match form {
        0 => format!("{name}=s3cret"),
        1 => format!("a=1&{name}=s3cret&b=2"),
        2 => format!("/x;{name}=s3cret/y"),
        3 => format!("https://host/x?a=1#{name}=s3cret"),
        4 => serde_json::json!({ "a": { name: ["s3cret"] } }).to_string(),
        5 => format!("{name}: s3cret"),
        6 => format!("user[{name}]=s3cret"),
        7 => format!("form-data; name=\"{name}\"\r\n\r\ns3cret"),
        8 => format!("a={name}=s3cret"),
        9 => format!("{name}[s3cret]=1"),
        10 => format!("[{{'name': '{name}', 'value': 's3cret'}}]"),
        11 => "https://user:s3cret@host/x".to_owned(),
        12 => "amqp://user:a/s3cret@host:5672/x".to_owned(),
        _ => "Bearer s3cret".to_owned(),
    }
}

proptest! {
    #[test]
    fn a_planted_secret_never_survives(
        name in prop::sample::select(vec!["token", "accessToken", "API-KEY", "user_email", "password2", "Set-Cookie"]),
        form in 0..14_usize,
        wraps in prop::collection::vec((0..3_usize, 0..5_usize), 0..12),
        header in any::<bool>(),
    ) {
        let mut text = planted(name, form);
        for (place, how) in wraps {
            let inner = encoded(&text, how);
            text = match place {
                0 => inner,
                1 => format!("a=1&next={inner}&b=2"),
                _ => format!("https://host/x?next={inner}#b"),
            };
        }
        let redacted = if header { Redaction::STANDARD.header("x-original", &text) } else { redact_query(&text) };
        prop_assert!(!redacted.contains("s3cret"), "{}: {}", text, redacted);
    }

    #[test]
    fn innocent_values_are_left_under_any_encoding(
        text in prop::sample::select(INNOCENT),
        hows in prop::collection::vec(0..5_usize, 0..6),
    ) {
        let value = hows.iter().fold(text.to_owned(), |text, how| encoded(&text, *how));
        let query = format!("a=1&next={value}");
        prop_assert_eq!(redact_query(&query), query);
    }
}
