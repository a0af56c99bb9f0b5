//! `compat`.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use fixture::{Ran, SHOP, Temp, run_in};
use serde_json::{Value, json};
use std::fs;

fn files(name: &str, files: &[(&str, &str)]) -> Temp {
    let directory = Temp::new(name);
    for (file, contents) in files {
        fs::write(directory.join(file), contents).unwrap();
    }
    directory
}

fn compat(directory: &Temp, args: &[&str]) -> Ran {
    let args: Vec<&str> = ["compat"].iter().chain(args).copied().collect();
    run_in(directory.path(), &SHOP, &args)
}

const OPEN: &str = r#"{"type":"object","properties":{"id":{"type":"string"},"at":{"type":"string"}},"required":["id"]}"#;
const MORE: &str = r#"{"type":"object","properties":{"id":{"type":"string"},"at":{"type":"string"}},"required":["id","at"]}"#;

#[test]
fn compatible_is_0() {
    let directory = files("compat-0", &[("a.json", OPEN), ("b.json", MORE)]);
    let ran = compat(&directory, &["a.json", "b.json", "--mode", "forward"]);
    assert_eq!(ran, Ran { code: 0, out: "compatible\n".into(), err: String::new() });
}

#[test]
fn not_compatible_is_100_with_a_witness() {
    let directory = files("compat-100", &[("a.json", OPEN), ("b.json", MORE)]);
    let ran = compat(&directory, &["a.json", "b.json", "--mode", "backward"]);
    let err = "\
error[property-made-required]: property `at` breaks new readers: the new schema requires a \
               property that old writers could leave out
 --> b.json#/required/1
note: the earlier one is at a.json#/required
note: new readers refuse {\"id\":\"\"}
";
    assert_eq!(ran, Ran { code: 100, out: "not compatible\n".into(), err: err.into() });
}

#[test]
fn findings_for_tools() {
    let directory = files("compat-json", &[("a.json", OPEN), ("b.json", MORE)]);
    let ran = compat(&directory, &["a.json", "b.json", "--mode", "full", "--format", "json"]);
    let out: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &out["compatible"]), (100, &json!(false)));
    let finding = &out["findings"][0];
    assert_eq!(finding["rule"], "property-made-required");
    assert_eq!(finding["path"], "/required/1");
    assert_eq!(finding["reader"], "new");
    assert_eq!(finding["witness"], json!({"id": ""}));
    let ran = compat(&directory, &["a.json", "a.json", "--format", "json"]);
    let nothing = "{\"compatible\":true,\"findings\":[],\"summary\":{\"errors\":0,\"warnings\":0,\"notes\":0}}\n";
    assert_eq!((ran.code, ran.out.as_str()), (0, nothing));
}

#[test]
fn what_cannot_be_decided_is_101() {
    let directory = files(
        "compat-101",
        &[("a.json", r#"{"pattern":"(?<=a)b"}"#), ("b.json", r#"{"pattern":"(?<=a)c"}"#)],
    );
    let ran = compat(&directory, &["a.json", "b.json", "--format", "json"]);
    let out: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &out["compatible"]), (101, &Value::Null));
    assert!(
        ran.err.starts_with(
            "error: could not decide: at `/pattern` of the old schema: the pattern is too long, \
             or has parts that are not regular"
        ),
        "{}",
        ran.err
    );
}

#[test]
fn what_cannot_be_read_is_101() {
    let directory =
        files("compat-read", &[("a.json", OPEN), ("b.json", "{"), ("c.json", r#"{"type":5}"#)]);
    let missing = compat(&directory, &["a.json", "z.json"]);
    assert_eq!(missing.code, 101);
    assert!(missing.err.starts_with("error: cannot read `z.json`: "), "{}", missing.err);
    let broken = compat(&directory, &["a.json", "b.json"]);
    assert_eq!(broken.code, 101);
    assert!(broken.err.starts_with("error: `b.json` is not JSON: "), "{}", broken.err);
    let no_schema = compat(&directory, &["a.json", "c.json"]);
    assert_eq!(no_schema.code, 101);
    assert!(no_schema.err.contains("`/type` names no type of JSON"), "{}", no_schema.err);
}

#[test]
fn a_byte_order_mark_before_a_schema_is_skipped() {
    let directory =
        files("compat-bom", &[("a.json", OPEN), ("b.json", &format!("\u{feff}{MORE}"))]);
    let ran = compat(&directory, &["a.json", "b.json", "--mode", "forward"]);
    assert_eq!(ran, Ran { code: 0, out: "compatible\n".into(), err: String::new() });
    let lines = format!("\u{feff}{{\"id\":1,\"old\":{OPEN},\"new\":{OPEN}}}\n");
    let directory = files("compat-bom-batch", &[("pairs.jsonl", &lines)]);
    let ran = compat(&directory, &["--batch", "pairs.jsonl"]);
    assert_eq!(
        ran,
        Ran { code: 0, out: "{\"id\":1,\"compatible\":true}\n".into(), err: String::new() }
    );
}

#[test]
fn a_key_that_appears_twice_is_refused_and_never_compared() {
    let twice = "{\n  \"properties\": {\n    \"a/b\": {\"type\": \"string\", \"type\": \"integer\"}\n  }\n}\n";
    let directory = files("compat-twice", &[("a.json", OPEN), ("b.json", twice)]);
    for order in [["a.json", "b.json"], ["b.json", "a.json"]] {
        let ran = compat(&directory, &order);
        let err = "\
error: `b.json`: the key `type` appears twice in one object, at line 3 column 36 \
                   (`/properties/a~1b/type`)
help: remove one of the two: parsers disagree about which one counts (RFC 8259, section 4)
";
        assert_eq!(ran, Ran { code: 101, out: String::new(), err: err.into() });
    }
    let lines = "{\"id\":1,\"old\":true,\"new\":true}\n{\"id\":2,\"old\":{\"type\":\"string\",\"type\":\"integer\"},\"new\":true}\n";
    let directory = files("compat-twice-batch", &[("pairs.jsonl", lines)]);
    let ran = compat(&directory, &["--batch", "pairs.jsonl"]);
    let answers = "\
{\"id\":1,\"compatible\":true}
{\"id\":null,\"error\":\"line 2: the key `type` appears twice in one object, at column 37 (`/old/type`); remove one of the two: parsers disagree about which one counts (RFC 8259, section 4)\"}
";
    assert_eq!((ran.code, ran.out.as_str()), (101, answers));
}

#[test]
fn a_transitive_mode_looks_at_every_version() {
    let versions = [
        ("1.json", r#"{"type":"string"}"#),
        ("2.json", "true"),
        ("3.json", r#"{"type":"integer"}"#),
    ];
    let directory = files("compat-many", &versions);
    let ran = compat(&directory, &["1.json", "2.json", "3.json", "--mode", "forward-transitive"]);
    assert_eq!(ran.code, 100);
    assert!(
        ran.err.contains(" --> 3.json#/type\nnote: the earlier one is at 1.json#/type\n"),
        "{}",
        ran.err
    );
    assert_eq!(compat(&directory, &["1.json", "2.json", "3.json", "--mode", "forward"]).code, 0);
}

#[test]
fn a_batch_goes_on_after_a_bad_line() {
    let lines = format!(
        "{{\"id\":\"a\",\"old\":{OPEN},\"new\":{MORE}}}\nnot json\n\n{{\"id\":7,\"old\":{MORE},\"new\":{OPEN}}}\n{{\"id\":\"c\",\"old\":true}}\n{{\"id\":\"d\",\"old\":true,\"new\":5}}\n"
    );
    let directory = files("compat-batch", &[("pairs.jsonl", &lines)]);
    let ran = compat(&directory, &["--batch", "pairs.jsonl", "--mode", "backward"]);
    let answers = "\
{\"id\":\"a\",\"compatible\":false}
{\"id\":null,\"error\":\"line 2: not JSON, at column 2\"}
{\"id\":7,\"compatible\":true}
{\"id\":\"c\",\"error\":\"line 5: not an object with `id`, `old` and `new`\"}
{\"id\":\"d\",\"error\":\"line 6: the new schema cannot be read: `#` is not a schema\"}
";
    assert_eq!(ran.out, answers);
    assert_eq!(
        (ran.code, ran.err.lines().next().unwrap()),
        (101, "error: 3 pairs could not be decided")
    );
}

#[test]
fn a_batch_ends_with_what_it_found() {
    let same = format!("{{\"id\":1,\"old\":{OPEN},\"new\":{OPEN}}}\n");
    let other = format!("{same}{{\"id\":2,\"old\":{OPEN},\"new\":{MORE}}}\n");
    let directory = files("compat-batch-ends", &[("same.jsonl", &same), ("other.jsonl", &other)]);
    assert_eq!(compat(&directory, &["--batch", "same.jsonl"]).code, 0);
    let ran = compat(&directory, &["--batch", "other.jsonl"]);
    assert_eq!((ran.code, ran.err.as_str()), (100, ""));
}

#[test]
fn two_files_or_a_batch() {
    let directory = files("compat-usage", &[("a.json", OPEN)]);
    for args in [
        &[][..],
        &["a.json"],
        &["a.json", "a.json", "--batch", "b.jsonl"],
        &["a.json", "a.json", "--mode", "all"],
    ] {
        assert_eq!(compat(&directory, args).code, 2, "{args:?}");
    }
}

#[test]
fn what_a_registry_says() {
    let directory = files("compat-registry", &[("a.json", OPEN), ("b.json", MORE)]);
    let ran = compat(
        &directory,
        &["a.json", "b.json", "--mode", "backward", "--rules", "confluent-strict"],
    );
    let err = "\
error[confluent-required-attribute-added]: property `at` breaks new readers: a property of both \
               versions is required now, and has no default (REQUIRED_ATTRIBUTE_ADDED)
 --> b.json#/required/1
note: the earlier one is at a.json#/required
note: new readers refuse {\"id\":\"\"}
";
    assert_eq!(ran, Ran { code: 100, out: "not compatible\n".into(), err: err.into() });
    // Strict refuses a property more in an open object, lenient does not.
    let (none, some) =
        (r#"{"type":"object"}"#, r#"{"type":"object","properties":{"a":{"type":"string"}}}"#);
    let pair = format!("{{\"id\":1,\"old\":{none},\"new\":{some}}}\n");
    let directory = files("compat-registry-batch", &[("pairs.jsonl", &pair)]);
    for (rules, answer) in [("confluent-strict", false), ("confluent-lenient", true)] {
        let ran =
            compat(&directory, &["--batch", "pairs.jsonl", "--mode", "backward", "--rules", rules]);
        assert_eq!(ran.out, format!("{{\"id\":1,\"compatible\":{answer}}}\n"), "{rules}");
    }
}

#[test]
fn a_rule_is_explained() {
    let ran =
        run_in(Temp::new("compat-explain").path(), &SHOP, &["explain", "Confluent-Type-Changed"]);
    let out = "\
confluent-type-changed: the type, or the keyword in place of a type, changed

error, wire

Keep the type, and add a property with another name and the new type. A list of types may grow: `[\"string\", \"null\"]`.

old
    {
      \"type\": \"object\",
      \"properties\": {
        \"a\": {
          \"type\": \"string\"
        }
      }
    }

new
    {
      \"type\": \"object\",
      \"properties\": {
        \"a\": {
          \"type\": \"number\"
        }
      }
    }
";
    assert_eq!(ran, Ran { code: 0, out: out.into(), err: String::new() });
    let missed =
        run_in(Temp::new("compat-explain-missed").path(), &SHOP, &["explain", "property-remved"]);
    assert_eq!(missed.code, 101);
    assert!(missed.err.contains("`property-removed`"), "{}", missed.err);
}
