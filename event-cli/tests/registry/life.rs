//! The life of a catalog's schemas: against the registry of these tests, and against a real one
//! where the environment names it.

use crate::catalogs::{BROKEN, FIRST, MORE};
use crate::client::client;
use crate::fake::Fake;
use crate::push;
use event_cli::registry::{ClientOptions, RegisteredVersion, RegistryErrorKind};
use event_grammar::lock::Mode;
use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

/// Runs a test against every registry that there is. Each run has a topic of its own, so that a
/// real registry may be used again.
fn everywhere(test: fn(url: &str, topic: &str)) {
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
    let topic = format!("event-cli-{}-{nanos}", std::process::id());
    test(&Fake::start().url, &topic);
    match std::env::var("EVENTS_TEST_REGISTRY") {
        Ok(url) => test(&url, &topic),
        // Not by `eprintln`, which a passing test is not heard by.
        Err(_) => std::io::stderr()
            .write_all(b"\nLEFT OUT: no real registry was asked; `EVENTS_TEST_REGISTRY=http://HOST:PORT` names one\n\n")
            .unwrap(),
    }
}

#[test]
fn pushed_changed_and_refused() {
    everywhere(|url, topic| {
        let args = ["--subject-strategy", "topic-record", "--topic", topic];
        let subject = format!("{topic}-order_place_completed.v2");
        let versions = || client(url, ClientOptions::default()).versions(&subject).unwrap();

        let first = push(&FIRST, url, &args);
        assert_eq!((first.code, versions()), (0, vec![1]), "{}", first.err);
        let again = push(&FIRST, url, &args);
        assert_eq!((again.code, versions(), again.out.as_str()), (0, vec![1], ""), "{}", again.err);
        let more = push(&MORE, url, &args);
        assert_eq!((more.code, versions().len()), (0, 2), "{}", more.err);

        let refused = push(&BROKEN, url, &args);
        assert_eq!((refused.code, versions().len()), (100, 2), "{}", refused.err);
        assert!(refused.err.contains("error[EV0501]"), "{}", refused.err);
        let new = format!("{topic}-order_paid.v1");
        assert_eq!(
            client(url, ClientOptions::default()).versions(&new),
            Ok(vec![]),
            "nothing else was registered"
        );
    });
}

#[test]
fn a_client_and_a_registry_understand_each_other() {
    everywhere(|url, topic| {
        let client = client(url, ClientOptions::default());
        let subject = format!("{topic}-client");
        let (text, either) = (r#"{"type":"string"}"#, r#"{"type":["string","integer"]}"#);
        assert_eq!(client.latest(&subject), Ok(None));
        assert_eq!(client.lookup(&subject, text), Ok(None));
        assert_eq!(client.config(&subject), Ok(None));

        client.set_config(&subject, Mode::BackwardTransitive).unwrap();
        assert_eq!(client.config(&subject), Ok(Some(Mode::BackwardTransitive)));
        let id = client.register(&subject, text).unwrap();
        assert_eq!(client.register(&subject, text), Ok(id));
        assert_eq!(client.latest(&subject).unwrap().unwrap().id, id);
        assert!(client.schema(id).unwrap().is_some());

        assert!(
            client.check(&subject, RegisteredVersion::Latest, either).unwrap().unwrap().compatible
        );
        let judgement = client
            .check(&subject, RegisteredVersion::Latest, r#"{"type":"integer"}"#)
            .unwrap()
            .unwrap();
        assert!(!judgement.compatible && !judgement.messages.is_empty(), "{judgement:?}");
        assert!(client.register(&subject, r#"{"type":"integer"}"#).unwrap_err().is_incompatible());
        let invalid = client.register(&subject, "no JSON").unwrap_err();
        assert!(
            matches!(
                invalid.kind,
                RegistryErrorKind::Refused { status: 422, code: Some(42201), .. }
            ),
            "{invalid}"
        );
    });
}
