//! `format` beside lengths and patterns, and every format by itself.

use crate::judge;
use schema_compat::format::{FORMATS, Format};
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
    for Format { name: format, .. } in FORMATS {
        let own = text("format", *format);
        let signs = text("pattern", "^[^a-z0-9]+$");
        assert_eq!(judged(&own, &signs).verdict, Verdict::Incompatible, "{format}");
        // The crate takes the empty text for an internationalised address and host.
        if !format.starts_with("idn-") {
            assert_ne!(judged(&signs, &own).verdict, Verdict::Compatible, "{format}");
        }
    }
}

/// Texts near the formats, and near what they leave out.
const CORPUS: &[&str] = &[
    "",
    "-",
    "a",
    "0",
    "1",
    "a b",
    "not a value",
    "é",
    "2026-01-02",
    "2024-02-29",
    "2026-02-29",
    "2026-13-01",
    "2026-04-31",
    "0000-01-01",
    "2026-1-2",
    "20260102",
    "2026-01-02T03:04:05Z",
    "2026-01-02t03:04:05z",
    "2026-01-02T03:04:05.678901234Z",
    "2026-01-02T03:04:05+23:59",
    "2026-01-02T03:04:05+24:00",
    "2026-01-02T03:04:05+01",
    "2026-01-02T03:04:05+0100",
    "2026-01-02T03:04:05",
    "2026-01-02T03:04Z",
    "2026-01-02T03:04:05.Z",
    "2026-01-02T24:00:00Z",
    "2026-01-02T03:60:00Z",
    "2026-01-02T03:04:61Z",
    "2016-12-31T23:59:60Z",
    "2026-01-02 03:04:05Z",
    "2026-01-02_03:04:05Z",
    "2026-02-30T03:04:05Z",
    "03:04:05Z",
    "03:04:05.5+05:30",
    "03:04:05",
    "3:04:05Z",
    "23:59:60Z",
    "P1D",
    "P",
    "P1Y2M",
    "1D",
    "a@example.com",
    "a.b+c@example.co.uk",
    "@example.com",
    "a@",
    "example.com",
    "-example.com",
    "exa_mple.com",
    "192.0.2.1",
    "192.0.2.256",
    "192.0.2.01",
    "192.0.2",
    "2001:db8::1",
    "::1",
    "::",
    "::ffff:192.0.2.1",
    "1::2::3",
    "fe80::1%eth0",
    "12345::",
    "https://example.com/a",
    "https://example.com/a?b=c#d",
    "https://example.com/a b",
    "mailto:a@example.com",
    "urn:isbn:0",
    "data:",
    "//example.com/a",
    "/a",
    "a/b#c",
    "://a",
    "1a:b",
    "\\\\WINDOWS\\file",
    "/{a}",
    "/{a",
    "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
    "2EB8AA08-AA98-11EA-B4AA-73B441D16380",
    "2eb8aa08aa9811eab4aa73b441d16380",
    "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
    "2eb8aa08-aa98-11ea-b4aa-73b441d1638g",
    "2eb8aa08-aa98-11ea-b4aa73b441d163-80",
    "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}",
    "/a/~0~1",
    "/~2",
    "0/a",
    "0#",
    "01/a",
    "^a$",
    "(",
];

/// The formats that are decided for every text of the corpus.
const DECIDED: &[&str] = &["date", "ipv4", "ipv6", "uuid", "json-pointer"];

#[test]
fn where_the_judge_has_an_opinion_a_validator_has_the_same() {
    // Of internationalised addresses and hosts the crate, as it is built here, takes every text.
    for format in FORMATS.iter().filter(|format| !format.name.starts_with("idn-")) {
        let validator = judge::validator(&text("format", format.name));
        for value in CORPUS {
            let known = format.has(value);
            assert!(known.is_some() || !DECIDED.contains(&format.name), "{} {value}", format.name);
            if let Some(known) = known {
                let is = validator.is_valid(&json!(value));
                assert_eq!(known, is, "{} {value:?}: {}", format.name, format.specification);
            }
        }
    }
}
