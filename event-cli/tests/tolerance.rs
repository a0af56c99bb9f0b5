//! `validate`: records that other systems write, and what a reader takes of them.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "a test may")]

mod fixture;

use fixture::run_reading;
use serde_json::{Value, json};

/// Severity aside: code and message of each finding.
fn found(records: &[u8], args: &[&str]) -> Vec<String> {
    let args: Vec<_> = ["validate", "--format", "json"].iter().chain(args).copied().collect();
    let ran = run_reading(records, &args);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    let findings = document["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| format!("{} {}", finding["code"], finding["message"]).replace('"', ""))
        .collect()
}

fn line(fields: &str) -> String {
    format!(
        r#"{{"event":"payment_process_failed","version":2,"level":"info","timestamp":"2026-11-21T06:00:00Z","request_id":"r","card_number":null,"iban":null,{fields}}}"#
    )
}

#[test]
fn a_whole_number_is_an_integer_however_it_is_spelt() {
    let fields = r#""order_id":"o","duration_ms":1.5"#;
    for code in ["500", "500.0", "5e2", "5000e-1"] {
        assert_eq!(
            found(line(&format!("{fields},\"code\":{code}")).as_bytes(), &[]),
            [""; 0],
            "{code}"
        );
    }
    for code in ["500.5", "1e400", "-1", "-1.0"] {
        let found = found(line(&format!("{fields},\"code\":{code}")).as_bytes(), &[]);
        assert!(
            found.len() == 1
                && found[0].contains("`/code`: the number is not a whole number from 0 to "),
            "{found:?}"
        );
    }
    let version = line(&format!("{fields},\"code\":1")).replace("\"version\":2", "\"version\":2.0");
    // What this library writes has one.
    let none = version.replace("\"version\":2.0,", "");
    assert_eq!(
        found(none.as_bytes(), &[])[0],
        "EV0403 `payment_process_failed` v1: `/version`: is missing"
    );
    assert_eq!(found(version.as_bytes(), &[]), [""; 0]);
}

#[test]
fn text_that_is_cut_and_a_number_beyond_the_largest_are_called_that() {
    assert_eq!(
        found(line(r#""order_id":"\ud83d","code":1,"duration_ms":1e400"#).as_bytes(), &[]),
        [
            "EV0403 `payment_process_failed` v2: `/order_id`: the text has half of a surrogate \
             pair, which is no character",
            "EV0403 `payment_process_failed` v2: `/duration_ms`: the number does not fit a \
             floating-point number of 64 bits",
        ]
    );
    let deep = line(&format!(r#""order_id":{}{}"#, "[".repeat(100_000), "]".repeat(100_000)));
    assert_eq!(
        found(deep.as_bytes(), &[]),
        ["EV0406 the line is not an event: the record is nested deeper than 127 levels"]
    );
    let column = line(r#""order_id":"o","code":01"#) + "\n";
    let at = column.find("01}").unwrap() + 2;
    assert_eq!(
        found(column.as_bytes(), &[]),
        [format!("EV0406 the line is not an event: not JSON, at line 1 column {at}")]
    );
}

#[test]
fn a_reader_takes_the_version_as_text_and_ids_with_a_prefix() {
    let envelope = json!({
        "event_id": "evt_5f0c2c1e-8f0e-4d0a-9f59-0e9f5f2f6c11",
        "event_type": "payment.process.failed",
        "event_version": "2",
        "occurred_at": "2026-11-21T00:22:44.123Z",
        "recorded_at": "2026-11-21T00:22:44.130Z",
        "context": { "trace_id": "trc_1", "environment": "production", "service": "checkout" },
        "payload": { "order_id": "o", "code": 1, "duration_ms": 1 },
    });
    let envelope = envelope.to_string();
    assert_eq!(found(envelope.as_bytes(), &["--contract", "read"]), [""; 0]);
    // The writer that this library is writes neither.
    let found = found(envelope.as_bytes(), &[]);
    for what in [
        "`/event_version`: expected a whole number, found text",
        "`/event_id`: the text is not a hyphenated UUID",
    ] {
        assert!(found.iter().any(|found| found.ends_with(what)), "{what}: {found:?}");
    }
}

#[test]
fn a_byte_order_mark_begins_a_record_or_a_blank_line() {
    let valid = line(r#""order_id":"o","code":1,"duration_ms":1"#);
    let records = format!("\u{feff}{valid}\n\u{feff}{valid}\n\u{feff}\n");
    assert_eq!(found(records.as_bytes(), &[]), [""; 0]);
    let twice = format!("\u{feff}\u{feff}{valid}\n");
    assert_eq!(
        found(twice.as_bytes(), &[]),
        ["EV0406 the line is not an event: not JSON, at line 1 column 2"]
    );
}

fn cloud_event(more: Value) -> String {
    let mut event = json!({ "specversion": "1.0", "id": "1", "source": "/shop", "type": "payment.process.failed.v1" });
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    event.to_string()
}

#[test]
fn binary_data_of_a_cloud_event_is_said_to_be_unsupported() {
    let what = "EV0403 `payment_process_failed` v1: `/data_base64`: binary data is not supported: \
                the event is JSON in `data`";
    assert_eq!(found(cloud_event(json!({ "data_base64": "e30=" })).as_bytes(), &[]), [what]);
    let both = cloud_event(json!({ "data": { "order_id": "o" }, "data_base64": "e30=" }));
    assert_eq!(found(both.as_bytes(), &[]), [what]);
    let neither = "EV0403 `payment_process_failed` v1: `/data`: is missing: it holds the payload or \
                   the envelope as JSON";
    assert_eq!(found(cloud_event(json!({})).as_bytes(), &[]), [neither]);
}

#[test]
fn an_attribute_of_a_cloud_event_has_lower_case_letters_and_digits() {
    let data = json!({ "order_id": "o" });
    let event = |key: &str| cloud_event(json!({ "data": data, key: "x" }));
    for name in ["traceparent", "partitionkey", "v2", "subject", "datacontenttype"] {
        assert_eq!(found(event(name).as_bytes(), &[]), [""; 0], "{name}");
    }
    for name in ["trace_parent", "traceParent", "trace-parent", "é", ""] {
        let found = found(event(name).as_bytes(), &[]);
        let what = "is not a CloudEvents attribute name: use lower-case letters and digits only";
        assert!(found.len() == 1 && found[0].ends_with(what), "{name}: {found:?}");
    }
}
