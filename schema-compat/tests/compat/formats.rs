//! `format` beside lengths and patterns, and every format by itself.

use crate::judge;
use schema_compat::{Readers, Report, Rules, Verdict, check};
use serde_json::{Value, json};

fn judged(old: &Value, new: &Value) -> Report {
    let report = check(old, new, Readers::New, Rules::Semantic);
    judge::confirm(&report, old, new);
    report
}

fn text(keyword: &str, value: impl Into<Value>) -> Value {
    json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string", keyword: value.into()})
}

#[test]
fn a_format_is_compared_with_lengths_and_patterns() {
    let uuid = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
    for (format, keyword, value, expected) in [
        ("date", "pattern", json!("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), Verdict::Compatible),
        ("uuid", "maxLength", json!(36), Verdict::Compatible),
        ("uuid", "minLength", json!(36), Verdict::Compatible),
        ("uuid", "maxLength", json!(35), Verdict::Incompatible),
        ("date-time", "minLength", json!(20), Verdict::Compatible),
        ("date-time", "pattern", json!("Z$"), Verdict::Incompatible),
        ("email", "pattern", json!("@"), Verdict::Compatible),
        ("uri", "pattern", json!("^https://"), Verdict::Incompatible),
        ("ipv4", "pattern", json!("^[0-9.]+$"), Verdict::Compatible),
        ("date", "format", json!("date-time"), Verdict::Incompatible),
    ] {
        let report = judged(&text("format", format), &text(keyword, value.clone()));
        assert_eq!(report.verdict, expected, "{format} {keyword} {value}: {:?}", report.undecided);
    }
    assert_eq!(
        judged(&text("pattern", uuid), &text("format", "uuid")).verdict,
        Verdict::Compatible
    );
    let days = text("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    assert_eq!(judged(&days, &text("format", "date")).verdict, Verdict::Incompatible);
}

/// A validator takes what is surely of a format, and refuses what surely is not.
#[test]
fn what_is_surely_of_a_format_is_so_for_a_validator() {
    for format in [
        "date-time",
        "date",
        "time",
        "duration",
        "email",
        "idn-email",
        "hostname",
        "idn-hostname",
        "ipv4",
        "ipv6",
        "uri",
        "iri",
        "uri-reference",
        "iri-reference",
        "uri-template",
        "uuid",
        "json-pointer",
        "relative-json-pointer",
        "regex",
    ] {
        let own = text("format", format);
        let signs = text("pattern", "^[^a-z0-9]+$");
        assert_eq!(judged(&own, &signs).verdict, Verdict::Incompatible, "{format}");
        // The crate takes the empty text for an internationalised address and host.
        if !format.starts_with("idn-") {
            assert_ne!(judged(&signs, &own).verdict, Verdict::Compatible, "{format}");
        }
    }
}
