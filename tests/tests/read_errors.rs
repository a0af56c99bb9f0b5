//! What errors of reading say of the input: where something is wrong, in one short line, and
//! nothing of what is sensitive.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may")]

use event_core::decode::Unknown;
use event_core::{catalog, events};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

events!(
    #[domain]
    pub enum Session {
        Open,
    }

    #[value]
    pub struct Seen {
        pub times: u32,
    }

    #[event(info)]
    pub struct SessionOpenFailed {
        pub plain: BTreeMap<String, Seen>,
        pub hashed: HashMap<String, u8>,
        pub any: Value,
        #[sensitive(redact)]
        pub by_key: BTreeMap<String, String>,
        #[sensitive(clear = "the support desk asks for it")]
        pub seen: BTreeMap<String, Vec<Seen>>,
    }
);

catalog!(
    pub enum Events {
        Session(Session),
    }
);

/// A record with `value` in one of its fields.
fn record(field: &str, value: &str) -> String {
    let mut fields = BTreeMap::from([
        ("event", r#""session_open_failed""#),
        ("version", "1"),
        ("level", r#""info""#),
        ("plain", "{}"),
        ("hashed", "{}"),
        ("any", "{}"),
        ("by_key", "{}"),
        ("seen", "{}"),
    ]);
    fields.insert(field, value);
    let members: Vec<String> =
        fields.iter().map(|(key, value)| format!("{}:{value}", json!(key))).collect();
    format!("{{{}}}", members.join(","))
}

fn error(field: &str, value: &str) -> String {
    match Events::decode_with(&record(field, value), Unknown::Refuse) {
        Ok(_) => panic!("{field} {value} is read"),
        Err(error) => error.to_string(),
    }
}

/// Keys as they arrive, and what must not be in one line of a log.
const KEYS: [&str; 6] =
    ["two\nlines", "\u{1b}[31mred", "\u{2028}", "\u{202e}backwards", "\u{85}", "nul\0"];

#[test]
fn the_records_are_read_but_for_what_a_test_puts_in() {
    assert!(Events::decode_with(&record("plain", "{}"), Unknown::Refuse).is_ok());
}

#[test]
fn a_key_is_escaped_in_an_error() {
    for key in KEYS {
        let quoted = json!(key).to_string();
        let nested = format!("{{{quoted}:{{\"times\":-1}}}}");
        let cases = [
            error("plain", &nested),
            error("hashed", &format!("{{{quoted}:\"x\"}}")),
            error("hashed", &format!("{{{quoted}:1,{quoted}:2}}")),
            error("any", &format!("{{{quoted}:1e999}}")),
            error("any", &format!("{{\"a\":{{{quoted}:1,{quoted}:2}}}}")),
            error(key, "1"),
        ];
        for told in cases {
            let raw = told.chars().find(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{202e}'));
            assert_eq!(raw, None, "{told:?}");
        }
    }
    assert_eq!(
        error("plain", r#"{"two\nlines":{"times":-1}}"#),
        "event `session_open_failed` v1: `plain.two\\nlines.times`: the number does not fit an integer of 32 bits"
    );
}

#[test]
fn a_key_is_cut_in_an_error() {
    let long = "key".repeat(10_000);
    let mut deep = json!(-1);
    for _ in 0..60 {
        deep = json!({ &long: deep });
    }
    for told in [
        error("plain", &format!("{{\"{long}\":{{\"times\":-1}}}}")),
        error(&long, "1"),
        error("any", &deep.to_string().replace("-1", "1e999")),
        Events::decode(&record("event", &format!("\"{long}\"")))
            .map(|_| ())
            .unwrap_err()
            .to_string(),
    ] {
        assert!(told.chars().count() < 700, "{} characters", told.chars().count());
        assert!(told.contains('…'), "{told}");
    }
}

#[test]
fn a_key_of_a_sensitive_map_is_not_shown() {
    let planted = "ada@example.com";
    let cases: [(&str, Value, &str); 3] = [
        ("by_key", json!({ planted: 1 }), "`by_key[key]`: expected text, found a number"),
        ("by_key", json!({ planted: [planted] }), "`by_key[key]`: expected text, found a list"),
        ("seen", json!({ planted: [{ "times": -1 }] }), "`seen`: the number does not fit"),
    ];
    for (field, value, expected) in cases {
        let told = error(field, &value.to_string());
        assert!(told.contains(expected) && !told.contains("ada"), "{told}");
    }
    for (field, value) in [("by_key", r#""x""#), ("seen", "[]")] {
        let told = error(field, &format!("{{\"{planted}\":{value},\"{planted}\":{value}}}"));
        assert!(told.contains("occurs twice") && !told.contains("ada"), "{told}");
    }
}
