//! `validate`: what is told of which line, what is counted, and that nothing is lost.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod cloud_events;
#[path = "../fixture/mod.rs"]
mod fixture;
mod random;

use event_cli::Env;
use fixture::{Ran, SHOP, Temp, run_in, run_reading, run_with};
use serde_json::{Value, json};
use std::fs;
use std::time::{Duration, Instant};

const HIT: &str = r#"{"event":"cache_hit","version":1,"level":"debug","timestamp":"2026-11-21T06:00:00Z","sample_rate":0.01}"#;
const FAILED: &str = r#"{"event":"payment_process_failed","version":2,"level":"info","timestamp":"2026-11-21T06:00:00Z","request_id":"r","order_id":"o","code":1,"card_number":null,"iban":null,"duration_ms":1.5}"#;

fn validate(lines: &[&str], args: &[&str]) -> Ran {
    let args: Vec<_> = ["validate"].iter().chain(args).copied().collect();
    run_reading((lines.join("\n") + "\n").as_bytes(), &args)
}

fn document(lines: &[&str], args: &[&str]) -> Value {
    let ran = validate(lines, &[&["--format", "json"], args].concat());
    assert_eq!(ran.err, "");
    serde_json::from_str(&ran.out).unwrap()
}

/// Where and what, of each finding.
fn found(lines: &[&str], args: &[&str]) -> Vec<String> {
    let document = document(lines, args);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let line = |finding: &Value| {
        format!("{} {} {}", finding["line"], text(&finding["code"]), text(&finding["message"]))
    };
    document["findings"].as_array().unwrap().iter().map(line).collect()
}

/// Privacy 8: a value that another writer left unmasked. It is not shown.
#[test]
fn p8_a_raw_value_in_a_masked_field_is_a_finding_of_the_write_contract() {
    let with =
        |value: &str| FAILED.replace("\"card_number\":null", &format!("\"card_number\":{value:?}"));
    let message = "`payment_process_failed` v2: `/card_number`: the text is not masked: `last4` \
                   writes text such as `****4242`";
    for raw in ["4242424242424242", "4242 4242 4242 4242 123", "hunter2", ""] {
        assert_eq!(found(&[&with(raw)], &[]), [format!("1 EV0403 {message}")], "{raw}");
        assert_eq!(found(&[&with(raw)], &["--contract", "read"]), [""; 0], "{raw}");
    }
    for masked in ["****4242", "****"] {
        assert_eq!(found(&[&with(masked)], &[]), [""; 0], "{masked}");
    }
}

/// Lines of every kind.
fn mixed() -> Vec<String> {
    vec![
        FAILED.to_owned(),
        FAILED
            .replace("\"code\":1", "\"code\":\"1\"")
            .replace("\"order_id\":\"o\",", "\"order\":\"o\","),
        String::new(),
        HIT.to_owned(),
        HIT.replace("cache_hit", "cache_hitt"),
        FAILED.replace("\"version\":2", "\"version\":7"),
        FAILED.replace("payment_process_failed", "payment_failed"),
        "listening on :8080".to_owned(),
    ]
}

fn mixed_file(name: &str) -> Temp {
    let temp = Temp::new(name);
    fs::write(temp.join("events.ndjson"), mixed().join("\n") + "\n").unwrap();
    temp
}

const FINDINGS: &str = "\
error[EV0403]: `payment_process_failed` v2: `/order_id`: is missing
 --> events.ndjson:2
error[EV0403]: `payment_process_failed` v2: `/code`: expected a whole number, found text
 --> events.ndjson:2
error[EV0403]: `payment_process_failed` v2: `/order`: is not declared
 --> events.ndjson:2
help: did you mean `order_id`?
warning[EV0404]: `cache_hit` v1 is deprecated: nobody reads it
 --> events.ndjson:4
help: stop emitting it
error[EV0401]: no event is called `cache_hitt`, did you mean `cache_hit`?
 --> events.ndjson:5
help: declare it, or fix the code that emits it; a legacy name becomes an `alias(..)` of its event
error[EV0402]: `payment_process_failed` has no version 7
 --> events.ndjson:6
help: it has 1, 2; check whether the catalog is older than the emitter
note[EV0405]: `payment_failed` is a legacy name of `payment_process_failed` v2
 --> events.ndjson:7
help: emit it as `payment_process_failed`
error[EV0406]: the line is not an event: not JSON, at line 1 column 1
 --> events.ndjson:8
";

const SUMMARY: &str = "\
payment_process_failed  v2  2 valid  1 invalid
cache_hit               v1  1 valid             deprecated

8 lines: 3 valid, 2 invalid, 2 unknown, 1 blank; 1 of deprecated events
";

#[test]
fn to_read() {
    let temp = mixed_file("mixed-read");
    let ran = run_in(temp.path(), &SHOP, &["validate", "events.ndjson"]);
    assert_eq!(ran, Ran { code: 100, out: SUMMARY.into(), err: FINDINGS.into() });
}

#[test]
fn annotations_of_a_workflow() {
    let temp = mixed_file("mixed-github");
    let ran = run_in(temp.path(), &SHOP, &["validate", "events.ndjson", "--format", "github"]);
    assert_eq!((ran.code, ran.out.as_str()), (100, SUMMARY));
    let lines: Vec<_> = ran.err.lines().collect();
    assert_eq!(lines.len(), 8);
    assert_eq!(
        lines[2],
        "::error file=events.ndjson,line=2,title=EV0403::`payment_process_failed` v2: `/order`: \
         is not declared%0Ahelp: did you mean `order_id`?"
    );
    assert!(lines[3].starts_with("::warning file=events.ndjson,line=4,title=EV0404::"));
    assert!(lines[6].starts_with("::notice file=events.ndjson,line=7,title=EV0405::"));
}

#[test]
fn a_document_for_tools() {
    let lines = mixed();
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let document = document(&lines, &[]);
    assert_eq!(
        document["summary"],
        json!({
            "lines": 8, "valid": 3, "invalid": 2, "unknown": 2, "blank": 1, "deprecated": 1,
            "events": [
                { "name": "payment_process_failed", "version": 2, "valid": 2, "invalid": 1, "deprecated": false },
                { "name": "cache_hit", "version": 1, "valid": 1, "invalid": 0, "deprecated": true },
            ],
            "not_shown": {}, "errors": 6, "warnings": 1, "notes": 1,
        })
    );
    let finding = &document["findings"][1];
    assert_eq!(
        (&finding["file"], &finding["line"], &finding["path"]),
        (&json!("<stdin>"), &json!(2), &json!("/code"))
    );
    assert_eq!(finding["event"], json!({ "name": "payment_process_failed", "version": 2 }));
}

#[test]
fn every_error_of_a_line_is_told() {
    let wrong = r#"{"event":"payment_process_failed","version":2,"level":"critical","timestamp":"yesterday","order_id":7,"code":70000,"duration_ms":null,"iban":1,"actor":{"type":"robot"},"trace_id":"x"}"#;
    assert_eq!(
        found(&[wrong], &[]),
        [
            "1 EV0403 `payment_process_failed` v2: `/order_id`: expected text, found a number",
            "1 EV0403 `payment_process_failed` v2: `/code`: the number is not a whole number from \
             0 to 65535",
            "1 EV0403 `payment_process_failed` v2: `/card_number`: is missing",
            "1 EV0403 `payment_process_failed` v2: `/iban`: expected text, found a number",
            "1 EV0403 `payment_process_failed` v2: `/duration_ms`: expected a finite number, \
             found null",
            "1 EV0403 `payment_process_failed` v2: `/request_id`: is missing",
            "1 EV0403 `payment_process_failed` v2: `/level`: the event never has this level, but \
             info or warning or error",
            "1 EV0403 `payment_process_failed` v2: `/timestamp`: the text is not a time in RFC \
             3339",
            "1 EV0403 `payment_process_failed` v2: `/actor/type`: the text is not a kind of actor",
            "1 EV0403 `payment_process_failed` v2: `/actor/id`: is missing",
            "1 EV0403 `payment_process_failed` v2: `/trace_id`: the text is not a W3C trace \
             context id",
        ]
    );
}

/// A key of the input is one line wherever people read it, and the JSON pointer of tools is exact.
#[test]
fn a_key_of_the_input_begins_no_line() {
    let key = "two\nlines\u{1b}[31m\u{2028}";
    let line = FAILED.replace("\"code\"", &format!("{}:1,\"code\"", json!(key)));
    for format in ["human", "github"] {
        let ran = validate(&[&line], &["--format", format]);
        let told = ran.out + &ran.err;
        let lines: Vec<&str> =
            told.lines().filter(|line| line.contains("is not declared")).collect();
        assert!(lines.len() == 1 && lines[0].contains("two"), "{told:?}");
        assert!(!told.contains('\u{1b}') && !told.contains('\u{2028}'), "{told:?}");
        assert!(!told.lines().any(|line| line.starts_with("lines")), "{told:?}");
    }
    let document = document(&[&line], &[]);
    assert_eq!(document["findings"][0]["path"], format!("/{key}"));
}

#[test]
fn a_reader_asks_for_less() {
    let line = r#"{"event":"payment_process_failed","version":2,"order_id":"o","code":1,"duration_ms":1,"shipper":"fluent"}"#;
    assert_eq!(found(&[line], &["--contract", "read"]), [""; 0]);
    assert_eq!(found(&[line], &[]).len(), 6);
}

#[test]
fn what_is_no_event() {
    let temp = Temp::new("no-event");
    let long = format!("{{\"event\":\"{}\"}}", "a".repeat(100));
    let mut input = Vec::new();
    for line in [
        &b"[1]"[..],
        b"{\"version\":1}",
        b"{\"event\":7}",
        b"\xff{}",
        b"{\"event\":\"a\",\"version\":-1}",
        long.as_bytes(),
        b"{\"a\":1,\"a\":2}",
    ] {
        input.extend(line);
        input.push(b'\n');
    }
    input.extend(&HIT.as_bytes()[..50]);
    fs::write(temp.join("events.ndjson"), input).unwrap();
    let ran = run_in(
        temp.path(),
        &SHOP,
        &["validate", "--max-line", "64", "--format", "json", "events.ndjson"],
    );
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    let messages: Vec<_> = document["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["message"].as_str().unwrap())
        .collect();
    assert_eq!(
        messages,
        [
            "the line is not an event: expected an object, found a list",
            "the line is not an event: it has no `event`",
            "the line is not an event: `event`: expected text, found a number",
            "the line is not an event: not UTF-8, from byte 1 on",
            "the line is not an event: `version`: the number does not fit an integer of 32 bits, \
             not negative",
            "the line is not an event: the line is longer than `--max-line` allows",
            "the line is not an event: `a`: occurs twice",
            "the line is not an event: the file ends within this line",
        ]
    );
    assert_eq!((ran.code, &document["summary"]["invalid"]), (100, &json!(8)));
}

#[test]
fn a_last_line_without_its_end_is_a_line() {
    let ran = run_reading(HIT.as_bytes(), &["validate", "-"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out
            .ends_with("1 line: 1 valid, 0 invalid, 0 unknown, 0 blank; 1 of deprecated events\n"),
        "{}",
        ran.out
    );
}

#[test]
fn the_command_line_says_what_is_an_error() {
    let code = |lines: &[&str], fail_on: &str| validate(lines, &["--fail-on", fail_on]).code;
    let (unknown, invalid) = (r#"{"event":"other"}"#, "{}");
    assert_eq!(
        [code(&[unknown], "invalid"), code(&[unknown], "unknown"), code(&[unknown], "none")],
        [0, 100, 0]
    );
    assert_eq!([code(&[invalid], "unknown"), code(&[invalid], "invalid,deprecated")], [0, 100]);
    assert_eq!([code(&[HIT], "unknown,invalid"), code(&[HIT], "deprecated")], [0, 100]);
    assert_eq!(validate(&[HIT], &["--fail-on", "everything"]).code, 2);
    assert_eq!(validate(&[HIT], &["--max-line", "0"]).code, 2);
}

#[test]
fn what_is_not_shown_is_counted() {
    let lines: Vec<_> = (0..50).map(|_| "{}").collect();
    let ran = validate(&lines, &["--limit", "2"]);
    assert_eq!((ran.code, ran.err.lines().count()), (100, 4));
    assert!(
        ran.out.ends_with("not shown: 48 more of EV0406 (`--limit` shows more)\n"),
        "{}",
        ran.out
    );
    let document = document(&lines, &["--limit", "0"]);
    assert_eq!((&document["findings"], &document["summary"]["errors"]), (&json!([]), &json!(50)));
    assert_eq!(document["summary"]["not_shown"], json!({ "EV0406": 50 }));
    assert_eq!(
        validate(&lines, &["--limit", "0"]).code,
        100,
        "findings that are not shown are findings"
    );
}

#[test]
fn files_are_read_in_order_until_one_cannot_be() {
    let temp = mixed_file("missing");
    let ran = run_in(
        temp.path(),
        &SHOP,
        &["validate", "events.ndjson", "missing.ndjson", "events.ndjson"],
    );
    assert_eq!((ran.code, ran.out.as_str()), (101, SUMMARY));
    let said = ran.err.strip_prefix(FINDINGS).unwrap();
    assert!(said.starts_with("error: cannot read `missing.ndjson`: "), "{said}");
    let twice = run_in(temp.path(), &SHOP, &["validate", "events.ndjson", "events.ndjson"]);
    assert!(
        twice.out.contains(
            "\n16 lines: 6 valid, 4 invalid, 4 unknown, 2 blank; 2 of deprecated events\n"
        )
    );
}

#[test]
fn names_of_any_length_take_no_time() {
    let name = "payment_process_faile".repeat(40_000);
    let key = "order_".repeat(100_000);
    let lines = [json!({ "event": name }).to_string(), FAILED.replace("order_id", &key)];
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let begin = Instant::now();
    let found = found(&lines, &[]);
    assert!(found[0].len() < 200 && found[0].ends_with("…`"), "{}", found[0]);
    assert_eq!(found.len(), 3);
    // Each of its letters against each of every name's would take minutes.
    assert!(begin.elapsed() < Duration::from_secs(5));
}

#[test]
fn progress_is_for_terminals() {
    let temp = Temp::new("progress");
    fs::write(temp.join("events.ndjson"), "\n".repeat(10_000)).unwrap();
    let err = |terminal| {
        let env = Env { directory: temp.path().to_owned(), terminal, ..Env::default() };
        run_with(&env, &SHOP, &["validate", "events.ndjson"]).err
    };
    assert_eq!(err(false), "");
    let shown = err(true);
    assert!(
        shown.starts_with("\r\u{1b}[2K4096 lines") && shown.ends_with("\r\u{1b}[2K"),
        "{shown:?}"
    );
}
