//! How findings are told: every format, and what hostile text does to each.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use event_cli::Env;
use fixture::{Ran, SHOP, Temp, UNSOUND, run_in, run_with};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

/// A directory with the source that the fixture's descriptors point into.
fn with_source(name: &str) -> Temp {
    let temp = Temp::new(name);
    fs::create_dir_all(temp.join("shop/src")).unwrap();
    let source = format!("{}    pub struct CacheHit<'a> {{\n", "//\n".repeat(11));
    fs::write(temp.join("shop/src/payment.rs"), source).unwrap();
    temp
}

fn env(temp: &Temp, variables: &[(&str, &str)], terminal: bool) -> Env {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Env {
        directory: temp.path().to_owned(),
        variables: variables.collect::<BTreeMap<_, _>>(),
        terminal,
        ..Env::default()
    }
}

fn told(name: &str, format: &str) -> Ran {
    run_in(with_source(name).path(), &UNSOUND, &["export", "json-schema", "--format", format])
}

static SARIF: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    // A pattern in it has a bracket too many, which ECMA-262 lets pass and Rust's regexes do not.
    let schema = include_str!("sarif/sarif-schema-2.1.0.json").replace("{2}]?$", "{2}?$");
    let schema = serde_json::from_str(&schema).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
});

fn assert_sarif(log: &Value) {
    let errors: Vec<_> =
        SARIF.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{log:#}");
}

const HUMAN: &str = "\
error[EV0104]: `cache_hit` v1: two of its fields have the key `path`
  --> shop/src/payment.rs:12:16
   |
12 |     pub struct CacheHit<'a> {
   |                ^^^^^^^^
help: rename one of them: `#[field(rename = \"other_path\")]`, or leave one of the groups out
";

#[test]
fn to_read() {
    assert_eq!(told("human", "human"), Ran { code: 100, out: String::new(), err: HUMAN.into() });
}

#[test]
fn colours_are_for_terminals() {
    let temp = with_source("colours");
    let err = |env: &Env| run_with(env, &UNSOUND, &["export", "json-schema"]).err;
    let coloured = err(&env(&temp, &[], true));
    assert!(
        coloured.starts_with("\u{1b}[1;31merror[EV0104]\u{1b}[0m\u{1b}[1m: `cache_hit`"),
        "{coloured:?}"
    );
    let mut plain = coloured.clone();
    for code in ["1;31", "1;34", "1", "0"] {
        plain = plain.replace(&format!("\u{1b}[{code}m"), "");
    }
    assert_eq!(plain, HUMAN);
    assert_eq!(err(&env(&temp, &[("NO_COLOR", "1")], true)), HUMAN);
    assert_ne!(
        err(&env(&temp, &[("NO_COLOR", "")], true)),
        HUMAN,
        "an empty variable is not set: no-color.org"
    );
}

const GITHUB: &str = "::error file=shop/src/payment.rs,line=12,col=16,title=EV0104::`cache_hit` v1: two of its fields have the key `path`%0Ahelp: rename one of them: `#[field(rename = \"other_path\")]`, or leave one of the groups out\n";

#[test]
fn annotations_of_a_workflow() {
    assert_eq!(told("github", "github"), Ran { code: 100, out: String::new(), err: GITHUB.into() });
}

#[test]
fn a_workflow_is_noticed_unless_the_command_line_says_otherwise() {
    let temp = with_source("workflow");
    let workflow = env(&temp, &[("GITHUB_ACTIONS", "true")], false);
    assert_eq!(run_with(&workflow, &UNSOUND, &["export", "json-schema"]).err, GITHUB);
    assert_eq!(
        run_with(&workflow, &UNSOUND, &["export", "json-schema", "--format", "human"]).err,
        HUMAN
    );
    let other = env(&temp, &[("GITHUB_ACTIONS", "1")], false);
    assert_eq!(run_with(&other, &UNSOUND, &["export", "json-schema"]).err, HUMAN);
    let failure = run_with(&workflow, &SHOP, &["show", "cache_hitt"]);
    assert!(
        failure.err.starts_with("::error title=EV0103::no event is called `cache_hitt`"),
        "{}",
        failure.err
    );
}

#[test]
fn a_document_for_tools() {
    let ran = told("json", "json");
    let document = concat!(
        r#"{"findings":[{"code":"EV0104","rule":null,"severity":"error","message":"`cache_hit` v1: two of its fields have the key `path`","#,
        r#""help":"rename one of them: `#[field(rename = \"other_path\")]`, or leave one of the groups out","#,
        r#""file":"shop/src/payment.rs","line":12,"column":16,"end_column":null,"path":null,"old_file":null,"old_path":null,"#,
        r#""event":{"name":"cache_hit","version":1},"field":null,"old_text":null,"new_text":null,"reader":null,"witness":null}],"#,
        r#""summary":{"errors":1,"warnings":0,"notes":0}}"#,
        "\n"
    );
    assert_eq!(ran, Ran { code: 100, out: document.into(), err: String::new() });
}

#[test]
fn a_document_is_written_where_nothing_is_found() {
    let temp = Temp::new("nothing-found");
    let ran = run_in(temp.path(), &SHOP, &["export", "json-schema", "--format", "json"]);
    let empty = "{\"findings\":[],\"summary\":{\"errors\":0,\"warnings\":0,\"notes\":0}}\n";
    assert_eq!((ran.code, ran.out.as_str()), (0, empty));
    let ran =
        run_in(temp.path(), &SHOP, &["export", "json-schema", "--check", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &log["runs"][0]["results"]), (0, &json!([])));
    assert_sarif(&log);
}

#[test]
fn a_log_for_code_scanning() {
    let ran = told("sarif", "sarif");
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    assert_sarif(&log);
    let run = &log["runs"][0];
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!(
        (ran.code, &rule["id"], &run["tool"]["driver"]["name"]),
        (100, &json!("EV0104"), &json!("shop-catalog"))
    );
    assert!(
        rule["help"]["text"].as_str().unwrap().contains("#[field(rename = \"viewer_id\")]"),
        "what `explain` says"
    );
    let result = &run["results"][0];
    assert_eq!(
        (&result["ruleId"], &result["ruleIndex"], &result["level"]),
        (&json!("EV0104"), &json!(0), &json!("error"))
    );
    assert_eq!(
        result["locations"],
        json!([{
            "physicalLocation": {
                "artifactLocation": { "uri": "shop/src/payment.rs" },
                "region": { "startLine": 12, "startColumn": 16 },
            },
            "logicalLocations": [{ "fullyQualifiedName": "cache_hit@1" }],
        }])
    );
    assert_eq!(result["partialFingerprints"].as_object().unwrap().len(), 1);
}

const OPEN: &str = r#"{"type":"object","properties":{"id":{"type":"string"}}}"#;

/// A finding about files of any name.
fn about(name: &str, format: &str) -> Ran {
    let temp = Temp::new(&format!("about-{format}"));
    fs::write(temp.join("old.json"), OPEN).unwrap();
    fs::write(
        temp.join(name),
        r#"{"type":"object","properties":{"id":{"type":"string"}},"required":["id"]}"#,
    )
    .unwrap();
    run_in(
        temp.path(),
        &SHOP,
        &["compat", "--format", format, "--mode", "backward", "old.json", name],
    )
}

#[test]
fn rules_have_a_help_of_their_own() {
    let ran = about("new.json", "sarif");
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    assert_sarif(&log);
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!((ran.code, &rule["id"]), (100, &json!("property-made-required")));
    assert!(!rule["help"]["text"].as_str().unwrap().is_empty());
    let result = &log["runs"][0]["results"][0];
    let old = &result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!((old, &result["properties"]["witness"]), (&json!("old.json"), &json!({})));
}

/// Names that a file system takes and that would be something else in one of the formats.
fn hostile_names() -> impl Strategy<Value = String> {
    const PARTS: &[&str] = &[
        "\n",
        "\r",
        "::",
        ",",
        "%0A",
        "%",
        "\u{1b}[2J",
        "\u{202e}",
        "\u{7}",
        "\"",
        "\\",
        " ",
        "é",
        "a",
        "::error ::",
    ];
    proptest::collection::vec(proptest::sample::select(PARTS), 1..12)
        .prop_map(|parts| parts.concat() + ".json")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn hostile_text_breaks_no_format(name in hostile_names()) {
        let github = about(&name, "github");
        prop_assert_eq!((github.code, github.err.lines().count()), (100, 1), "{}", github.err);
        prop_assert!(github.err.starts_with("::error file="));
        let human = about(&name, "human");
        prop_assert_eq!(human.err.lines().count(), 4, "{}", human.err);
        let hostile = ['\u{1b}', '\u{202e}', '\u{7}', '\r'];
        prop_assert!(!human.err.contains(hostile), "{}", human.err);
        let document: Value = serde_json::from_str(&about(&name, "json").out).unwrap();
        prop_assert_eq!(&document["findings"][0]["file"], &json!(name));
        let log: Value = serde_json::from_str(&about(&name, "sarif").out).unwrap();
        assert_sarif(&log);
    }
}
