//! `list`, `show`, `explain`, and wrong command lines.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use fixture::{Failing, Ran, run, run_into};
use serde_json::{Value, json};
use std::io::ErrorKind;

#[test]
fn a_list_to_read() {
    let listed = "\
payment
  payment_process_failed  v2  info|warning|error  payments  The gateway refused the charge.
  payment_process_failed  v1  info                -         (superseded) The first shape of it.

cache
  cache_hit               v1  debug               -         (deprecated) Found.
";
    assert_eq!(run(&["list"]), Ran { code: 0, out: listed.into(), err: String::new() });
}

#[test]
fn a_list_for_tools() {
    let listed: Value = serde_json::from_str(&run(&["list", "--format", "json"]).out).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 3);
    let payment = &listed[0];
    assert_eq!(payment["name"], "payment_process_failed");
    assert_eq!(payment["event_type"], "payment.process.failed");
    assert_eq!(payment["domain"], "payment");
    assert_eq!(payment["action"], "process");
    assert_eq!(payment["status"], "failed");
    assert_eq!(payment["status_class"], "fault");
    assert_eq!(payment["version"], 2);
    assert_eq!(payment["latest"], true);
    assert_eq!(payment["level"], "match code { 400..=499 => warning, 500 => error, _ => info }");
    assert_eq!(payment["aliases"], json!(["payment_failed"]));
    assert_eq!(payment["deduplicate"], json!(["order_id", "code"]));
    assert_eq!(payment["owner"], "payments");
    assert_eq!(payment["source"], "shop/src/payment.rs:12");
    let names: Vec<_> =
        payment["fields"].as_array().unwrap().iter().map(|field| &field["name"]).collect();
    assert_eq!(names, ["order_id", "code", "card_number", "iban", "duration_ms", "request_id"]);
    assert_eq!(
        payment["fields"][2],
        json!({
            "name": "card_number", "type": "string", "required": false, "sensitivity": "last4", "mask": null,
            "source": "payload", "unit": null, "finite": false, "role": null, "entity": null, "docs": "Card used.",
        })
    );
    assert_eq!(payment["fields"][0]["entity"], "order");
    assert_eq!(
        (&payment["fields"][3]["sensitivity"], &payment["fields"][3]["mask"]),
        (&json!("custom"), &json!("Iban"))
    );
    assert_eq!(payment["fields"][4]["finite"], true);
    assert_eq!(payment["fields"][5]["source"], "context");
    assert_eq!(listed[2]["level"], "debug");
    assert_eq!(listed[2]["status"], Value::Null);
    assert_eq!(listed[2]["deprecated"], "nobody reads it");
}

#[test]
fn an_event_to_read() {
    let shown = r#"payment_process_failed v2

The gateway refused the charge. It says why.

More of it.

  type         payment.process.failed
  status       failed (fault)
  level        match code { 400..=499 => warning, 500 => error, _ => info }
  aliases      payment_failed
  also         v1
  deduplicate  order_id, code
  owner        payments
  stability    stable
  schema       payment_process_failed.v2.json (from `export json-schema`)
  source       shop/src/payment.rs:12

fields
  order_id     string             entity order              Order being charged.
  code         integer
  card_number  string   optional  sensitive, masked: last4  Card used.
  iban         string   optional  sensitive, masked: Iban   Account used.
  duration_ms  number             elapsed, in ms, finite    How long it took.

context
  request_id  string  The request.

example
  {"event":"payment_process_failed","version":2,"level":"info","timestamp":"2026-01-02T03:04:05.678901Z","request_id":"request_id-1","order_id":"ord_9f2c8a","code":42,"card_number":"****4242","iban":"[redacted]","duration_ms":12.5}
"#;
    let ran = run(&["show", "payment.process.failed"]);
    assert_eq!(ran.err, "");
    assert_eq!(ran.out, shown);
}

#[test]
fn an_event_for_tools() {
    let ran = run(&["show", "payment_process_failed@1", "--format", "json"]);
    let shown: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &shown["version"], &shown["latest"]), (0, &json!(1), &json!(false)));
    assert_eq!(shown["versions"], json!([1, 2]));
    assert_eq!(shown["schema"], "payment_process_failed.v1.json");
    assert_eq!(shown["example"]["version"], 1);
}

#[test]
fn an_alias_is_said_to_be_one() {
    let ran = run(&["show", "payment_failed"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (0, "note: `payment_failed` is an alias of `payment_process_failed`\n")
    );
    assert!(ran.out.starts_with("payment_process_failed v2\n"));
}

#[test]
fn an_unknown_event() {
    let ran = run(&["show", "payment_proces_failed"]);
    let err = "\
error[EV0103]: no event is called `payment_proces_failed`, did you mean `payment_process_failed`?
help: `list` lists every event
";
    assert_eq!(ran, Ran { code: 101, out: String::new(), err: err.into() });
    assert!(
        run(&["show", "payment.proces.failed"])
            .err
            .contains("did you mean `payment.process.failed`?")
    );
    assert!(run(&["show", "paymentfailed"]).err.contains("did you mean `payment_failed`?"));
    assert!(run(&["show", "zzz"]).err.contains("known: `cache_hit`, "));
}

#[test]
fn an_unknown_version() {
    let ran = run(&["show", "payment_process_failed@7"]);
    let err =
        "error[EV0103]: `payment_process_failed` has no version 7\nhelp: there are `@1`, `@2`\n";
    assert_eq!(ran, Ran { code: 101, out: String::new(), err: err.into() });
    assert!(run(&["show", "cache_hit@2"]).err.contains("help: there is `@1`"));
}

#[test]
fn every_code_is_explained() {
    let listed = run(&["explain"]);
    assert_eq!(listed.code, 0);
    let codes: Vec<_> = listed.out.lines().filter_map(|line| line.split("  ").next()).collect();
    assert!(codes.contains(&"EV0101") && codes.contains(&"EV0406"), "{codes:?}");
    for code in codes {
        let explained = run(&["explain", &code.to_lowercase()]);
        assert_eq!(explained.code, 0);
        assert!(explained.out.starts_with(&format!("{code}: ")), "{}", explained.out);
        // What to write stands apart, as code does. A reason without a keyword has no example that
        // would stand for all of them.
        assert!(explained.out.contains("\n    ") || code == "refused", "{code} has no example");
    }
}

#[test]
fn a_rule_is_explained() {
    let explained = run(&["explain", "property-made-required"]);
    let first = "property-made-required: the new schema requires a property that old writers could leave out\n";
    assert!(explained.code == 0 && explained.out.starts_with(first), "{}", explained.out);
}

#[test]
fn a_rule_of_the_lock_is_explained_by_its_code() {
    let explained = run(&["explain", "type-changed"]);
    assert_eq!((explained.code, &explained.out), (0, &run(&["explain", "EV0208"]).out));
}

#[test]
fn an_unknown_code() {
    let ran = run(&["explain", "EV102"]);
    assert_eq!(ran.code, 101);
    assert!(
        ran.err
            .starts_with("error: no finding has the code `EV102`, did you mean `EV0102`?\nhelp: "),
        "{}",
        ran.err
    );
}

#[test]
fn wrong_command_lines() {
    for args in [
        &[][..],
        &["export"],
        &["lst"],
        &["show"],
        &["show", "a@b"],
        &["show", "@1"],
        &["list", "--format", "xml"],
        &["export", "json-schema", "--dialect", "draft-04"],
        &["coverage", "--fail-under", "101"],
    ] {
        let ran = run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains("Usage") || ran.err.contains("--help"), "{args:?}: {}", ran.err);
    }
}

#[test]
fn help_and_version() {
    let help = run(&["--help"]);
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    assert!(
        help.out.starts_with("Everything that the shop emits.\n\nUsage: shop-catalog "),
        "{}",
        help.out
    );
    assert_eq!(run(&["--version"]).out, "shop-catalog 1.2.3\n");
}

#[test]
fn completions_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(&["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        for word in ["shop-catalog", "validate", "fail-on", "json-schema"] {
            assert!(ran.out.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(run(&["completions", "dos"]).code, 2);
}

#[test]
fn whoever_stops_reading_is_no_error() {
    for args in [&["list"][..], &["show", "cache_hit"], &["explain"], &["--help"]] {
        assert_eq!(
            run_into(&mut Failing(ErrorKind::BrokenPipe), args),
            (0, String::new()),
            "{args:?}"
        );
    }
    let check = ["export", "json-schema", "--check", "-o", "/nonexistent/schemas"];
    assert_eq!(
        run_into(&mut Failing(ErrorKind::BrokenPipe), &check).0,
        100,
        "findings are findings"
    );
}

#[test]
fn a_full_disk_is_an_error() {
    let (code, err) = run_into(&mut Failing(ErrorKind::StorageFull), &["list"]);
    assert_eq!(code, 101);
    assert!(err.starts_with("error: cannot write to standard output: "), "{err}");
}
