//! Which options are valid, and what they do.

use crate::messages::{delivered, message, publish, unavailable, unsendable};
use crate::{MODES, options, target};
use event_core::Secret;
use event_relay::targets::BlockingTarget;
use event_relay::targets::http::{
    Authorization, ContentMode, Endpoint, HttpTarget, HttpTargetOptions, InvalidEndpoint,
};
use receiver::Receiver;
use std::sync::Arc;

#[test]
fn urls() {
    for (url, shown) in [
        ("http://localhost", "http://localhost/"),
        ("http://[::1]:8080/a/b?c=d", "http://[::1]:8080/a/b"),
        ("HTTP://Shop.Example:80/?q", "http://Shop.Example:80/"),
        ("http://localhost/?to=ada@shop", "http://localhost/"),
    ] {
        let endpoint = Endpoint::parse(url).unwrap();
        assert_eq!(endpoint.to_string(), shown);
        assert_eq!(format!("{endpoint:?}"), format!("Endpoint({shown})"));
    }
    for (url, error) in [
        ("", InvalidEndpoint::Url),
        ("/events", InvalidEndpoint::Url),
        ("localhost:8080", InvalidEndpoint::Url),
        ("http://", InvalidEndpoint::Url),
        ("http://:80/", InvalidEndpoint::Url),
        ("http://localhost:port/", InvalidEndpoint::Url),
        ("http://localhost:99999/", InvalidEndpoint::Url),
        ("http://localhost/#part", InvalidEndpoint::Url),
        ("http://local host/", InvalidEndpoint::Url),
        ("ftp://localhost/", InvalidEndpoint::Scheme),
        ("http://ada@localhost/", InvalidEndpoint::User),
        ("http://ada:pw@localhost/", InvalidEndpoint::User),
        ("http://ada:12/b@localhost/", InvalidEndpoint::User),
    ] {
        assert_eq!(Endpoint::parse(url).unwrap_err(), error, "{url}");
    }
    let https = Endpoint::parse("https://localhost/").map(|endpoint| endpoint.to_string());
    if cfg!(feature = "https") {
        assert_eq!(https.as_deref(), Ok("https://localhost/"));
    } else {
        let words = https.unwrap_err().to_string();
        assert!(words.ends_with("help: build event-relay with the feature `https`"), "{words}");
    }
}

fn error(change: impl FnOnce(&mut HttpTargetOptions)) -> String {
    let mut options = HttpTargetOptions::new(Endpoint::parse("http://localhost").unwrap());
    change(&mut options);
    HttpTarget::new(options).unwrap_err().to_string()
}

#[test]
fn sources() {
    for source in ["", "a b", "/shöp", "/%4", "/\"", "/shop\n"] {
        let error = error(|options| options.source = Some(source.to_owned()));
        assert!(error.contains("is not a URI reference\nhelp: write a path"), "{error}");
    }
    let receiver = Receiver::start();
    for source in ["/shop", "shop", "https://shop.example/orders?a=b#c", "urn:shop:%C3%B6"] {
        let source = Some(source.to_owned());
        let target = target(HttpTargetOptions {
            source: source.clone(),
            mode: ContentMode::Binary,
            ..options(&receiver)
        });
        assert_eq!(publish(&target, [1]), delivered(0));
        let expected = source.map(|source| source.replace('%', "%25"));
        let request = receiver.requests().remove(0);
        assert_eq!(request.header("ce-source"), expected.as_deref());
    }
}

#[test]
fn an_event_without_a_source_waits_for_one() {
    let receiver = Receiver::start();
    for (context, source) in [
        (r#""service":"check out/é""#, Some("/check%20out%2F%C3%A9")),
        (r#""service":"""#, None),
        (r#""service":null"#, None),
        (r#""other":1"#, None),
    ] {
        let mut message = message(1);
        message.envelope = message.envelope.replace(r#""service":"checkout""#, context);
        let outcome = target(options(&receiver)).publish(&[Arc::new(message)]);
        match source {
            Some(source) => {
                assert_eq!(outcome, delivered(0));
                let body = receiver.requests().remove(0).body;
                let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
                assert_eq!(body["source"], source);
            }
            None => {
                let (reason, _) = unavailable(outcome);
                assert!(reason.starts_with("the envelope has no `context.service`\nhelp: "));
            }
        }
    }
    assert_eq!(receiver.requests().len(), 0);
}

#[test]
fn headers() {
    let header = |name: &str, value: &str| {
        let header = (name.to_owned(), Secret::new(value.to_owned()));
        error(|options| options.headers = vec![header])
    };
    for (name, value) in [("", "a"), ("a b", "a"), ("x-a", "a\r\nb: c"), ("x-a", "\0")] {
        let words = "has a name or a value that HTTP does not allow";
        assert_eq!(header(name, value), format!("the header {name:?} {words}"));
    }
    for name in ["Content-Type", "ce-id", "CE-Type", "host", "idempotency-key", "te"] {
        let words = "is given twice, or the target writes it itself\nhelp: remove it";
        assert_eq!(header(name, "a"), format!("the header `{name}` {words}"));
    }
    let twice = |options: &mut HttpTargetOptions| {
        options.headers = vec![("authorization".to_owned(), Secret::new("a".to_owned()))];
        options.authorization = Some(Authorization::Bearer(Secret::new("b".to_owned())));
    };
    assert!(error(twice).starts_with("the header `authorization` is given twice"));
    for authorization in [
        Authorization::Bearer(Secret::default()),
        Authorization::Bearer(Secret::new("a\nb".to_owned())),
        Authorization::Basic { user: "a:b".to_owned(), password: Secret::default() },
    ] {
        let error = error(|options| options.authorization = Some(authorization));
        assert!(error.starts_with("the credentials of the target cannot be sent"), "{error}");
    }
}

#[test]
fn an_event_that_is_too_large_is_not_sent() {
    let receiver = Receiver::start();
    let envelope = message(1).envelope.len();
    for mode in MODES {
        let with = |limit| {
            target(HttpTargetOptions { mode, max_event_bytes: Some(limit), ..options(&receiver) })
        };
        // The attributes count where they are in the body.
        let least = if mode == ContentMode::Binary { envelope } else { envelope + 300 };
        let reason = unsendable(publish(&with(least - 1), 1..=1));
        assert!(reason.starts_with("the event has "), "{reason}");
        let words = format!(" bytes; `max_event_bytes` is {}\nhelp: raise ", least - 1);
        assert!(reason.contains(&words), "{reason}");
        assert_eq!(receiver.requests().len(), 0);
        assert_eq!(publish(&with(envelope + 900), 1..=2), delivered(0));
        assert!(!receiver.requests().is_empty());
    }
}

#[test]
fn limits() {
    let receiver = Receiver::start();
    let limits = |mode, in_flight| {
        let limits = target(HttpTargetOptions { mode, in_flight, ..options(&receiver) }).limits();
        (limits.in_flight, limits.events, limits.bytes)
    };
    assert_eq!(limits(ContentMode::Structured, 8), (8, 1, usize::MAX));
    assert_eq!(limits(ContentMode::Binary, 0), (1, 1, usize::MAX));
    assert_eq!(limits(ContentMode::Batch { events: 50, bytes: 10 }, 2), (2, 50, 10));
    assert_eq!(limits(ContentMode::Batch { events: 0, bytes: 10 }, 2), (2, 1, 10));
}
