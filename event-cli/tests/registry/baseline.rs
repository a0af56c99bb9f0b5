//! `check --baseline-registry`: what is declared, held against what is registered.

use crate::catalogs::{BROKEN, CHANGING, DEFAULTED, FIRST, MORE};
use crate::fake::{Fake, Fault};
use crate::fixture::Ran;
use crate::push;
use event_cli::Env;
use event_core::Catalog;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::PathBuf;

/// The directory of a package of its own, that may have a lock.
fn directory(name: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("baseline").join(name);
    let _ = std::fs::remove_dir_all(&directory);
    std::fs::create_dir_all(&directory).unwrap();
    std::fs::write(directory.join("Cargo.toml"), "[package]\nname = \"shop-catalog\"\n").unwrap();
    directory
}

fn run(catalog: &'static Catalog, args: &[&str], directory: PathBuf) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let manifest = directory.to_str().unwrap().to_owned();
    let variables = [("CARGO_MANIFEST_DIR".to_owned(), manifest)].into();
    let env = Env { directory, variables, ..Env::default() };
    let code = event_cli::run(catalog, args.iter().map(Into::into), &mut out, &mut err, &env);
    Ran { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

/// What is found by one of the codes of this baseline, and the exit code. Nothing is locked.
fn check(catalog: &'static Catalog, url: &str, args: &[&str]) -> (u8, Vec<Value>) {
    check_in(catalog, url, args, PathBuf::from(env!("CARGO_MANIFEST_DIR")))
}

fn check_in(
    catalog: &'static Catalog,
    url: &str,
    args: &[&str],
    directory: PathBuf,
) -> (u8, Vec<Value>) {
    let ran = run(
        catalog,
        &[&["check", "--format", "json", "--baseline-registry", url], args].concat(),
        directory,
    );
    let told: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"));
    let is_ours = |finding: &&Value| finding["code"] == "EV0232" || finding["code"] == "EV0233";
    (ran.code, told["findings"].as_array().unwrap().iter().filter(is_ours).cloned().collect())
}

#[test]
fn what_is_not_registered_is_noted() {
    let fake = Fake::start();
    let directory = directory("unregistered");
    assert_eq!(run(&FIRST, &["lock"], directory.clone()).code, 0);
    let (code, found) = check_in(&FIRST, &fake.url, &[], directory);
    assert_eq!((code, found.len()), (0, 3));
    assert!(
        found.iter().all(|note| note["code"] == "EV0233" && note["severity"] == "note"),
        "{found:?}"
    );
    let what = "the registry has no schema of `order_place_completed` v2 under \
                `order_place_completed.v2-value`";
    assert_eq!(found[2]["message"], what);
    assert_eq!(fake.writes(), Vec::<String>::new());
    // Without a lock, nothing at all was compared.
    assert_eq!(check(&FIRST, &fake.url, &[]), (100, found));
}

#[test]
fn what_is_registered_as_it_is_declared_is_nothing_to_say() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    assert_eq!(check(&FIRST, &fake.url, &[]), (0, vec![]));
    assert_eq!(check(&FIRST, &fake.url, &["--fail-on", "warning"]), (0, vec![]));
}

#[test]
fn a_field_that_may_be_missing_comes_and_goes() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    assert_eq!(check(&MORE, &fake.url, &[]), (0, vec![]));
    push(&MORE, &fake.url, &[]);
    // The registry's own rule refuses it, and readers do not break.
    assert_eq!(check(&FIRST, &fake.url, &[]), (0, vec![]));
}

#[test]
fn readers_of_a_closed_schema_pass_over_keys_that_are_new() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    let directory = directory("opened");
    assert_eq!(run(&FIRST, &["lock", "order_place_completed@2"], directory.clone()).code, 0);
    // The mode is full-transitive, and `note` is written as `null`.
    assert_eq!(check_in(&MORE, &fake.url, &[], directory), (0, vec![]));
}

#[test]
fn what_the_registry_lets_others_leave_out_has_to_be_read() {
    let fake = Fake::start();
    push(&DEFAULTED, &fake.url, &["order_place_completed@2"]);
    let (code, found) = check(&FIRST, &fake.url, &[]);
    let broken = found.iter().find(|finding| finding["code"] == "EV0232").unwrap();
    assert_eq!((code, &broken["rule"]), (100, &json!("property-made-required")));
    assert_eq!(broken["witness"]["payload"].get("items"), None);
}

#[test]
fn a_break_is_told_with_a_payload_that_shows_it() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    push(&MORE, &fake.url, &[]);
    fake.requests();
    let (code, found) = check(&BROKEN, &fake.url, &[]);
    assert_eq!(code, 100);
    let broken: Vec<_> = found.iter().filter(|finding| finding["code"] == "EV0232").collect();
    let [broken] = broken[..] else { panic!("{found:?}") };
    assert_eq!(broken["severity"], "error");
    assert_eq!(
        (&broken["subject"], &broken["registry_versions"]),
        (&json!(CHANGING), &json!([2, 1]))
    );
    assert_eq!(
        (&broken["reader"], &broken["mode"]),
        (&json!("new"), &json!("backward-transitive"))
    );
    assert_eq!(broken["new"], "/properties/payload/properties/items/type");
    assert!(broken["witness"]["payload"]["items"].is_u64(), "{broken}");
    assert!(fake.requests().contains(&format!("GET /subjects/{CHANGING}/versions/1")));
}

#[test]
fn people_read_it_in_a_line() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &["order_place_completed@2"]);
    let ran = run(&BROKEN, &["check", "--baseline-registry", &fake.url], directory("lines"));
    let told = ran
        .err
        .split("\n\n")
        .find(|told| told.contains("EV0232"))
        .unwrap_or_else(|| panic!("{}", ran.err));
    assert!(
        told.contains(
            "the registry holds a schema that is not compatible with `order_place_completed` v2: "
        ),
        "{told}"
    );
    assert!(
        told.contains("(version 1 of `order_place_completed.v2-value`, mode backward-transitive)"),
        "{told}"
    );
}

#[test]
fn the_mode_of_the_lock_says_who_counts() {
    let fake = Fake::start();
    push(&MORE, &fake.url, &[]);
    // The readers of this schema need a key that is not written any more.
    let mut needs = fake.schemas(CHANGING).pop().unwrap();
    needs["properties"]["payload"]["required"] = json!(["items", "note", "order_id"]);
    fake.put(CHANGING, &needs);
    assert_eq!(check(&FIRST, &fake.url, &[]), (0, vec![]));

    for (mode, versions) in
        [("full-transitive", Some(json!([2]))), ("backward", None), ("none", None)]
    {
        let directory = directory(mode);
        let locked =
            run(&FIRST, &["lock", "--mode", mode, "order_place_completed@2"], directory.clone());
        assert_eq!(locked.code, 0, "{}", locked.err);
        let (code, found) = check_in(&FIRST, &fake.url, &[], directory);
        assert_eq!(code, if versions.is_some() { 100 } else { 0 }, "{found:?}");
        assert_eq!(found.first().map(|broken| broken["registry_versions"].clone()), versions);
        assert!(found.iter().all(|broken| broken["reader"] == "old"), "{found:?}");
    }
}

#[test]
fn a_mode_that_is_not_transitive_asks_for_the_last_version() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    let wide = fake.schemas(CHANGING).pop().unwrap();
    let mut narrow = wide.clone();
    narrow["properties"]["payload"]["properties"]["items"] = json!({"type": "string"});
    let fake = Fake::start();
    fake.put(CHANGING, &narrow);
    fake.put(CHANGING, &wide);
    let directory = directory("last");
    assert_eq!(
        run(&FIRST, &["lock", "--mode", "backward", "order_place_completed@2"], directory.clone())
            .code,
        0
    );
    assert_eq!(check_in(&FIRST, &fake.url, &[], directory).0, 0);
    assert_eq!(check(&FIRST, &fake.url, &[]).0, 100);
}

#[test]
fn what_is_no_json_schema_is_not_decided() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    let path = format!("GET /subjects/{CHANGING}/versions/1");
    let body: &str = r#"{"subject":"s","version":1,"id":9,"schema":"syntax = \"proto3\";"}"#;
    for (fail_on, code) in [("error", 0), ("warning", 100)] {
        fake.fail(&path, Fault::Answer(200, "", body));
        let (ended, found) = check(&FIRST, &fake.url, &["--fail-on", fail_on]);
        assert_eq!((ended, found.len()), (code, 1), "{found:?}");
        assert_eq!(
            (&found[0]["code"], &found[0]["severity"]),
            (&json!("EV0232"), &json!("warning"))
        );
    }
}

#[test]
fn a_registered_schema_that_has_a_key_twice_is_not_decided() {
    let fake = Fake::start();
    push(&FIRST, &fake.url, &[]);
    let body = r#"{"subject":"s","version":1,"id":9,"schema":"{\"type\":\"object\",\"type\":\"string\"}"}"#;
    fake.fail(&format!("GET /subjects/{CHANGING}/versions/1"), Fault::Answer(200, "", body));
    let (code, found) = check(&FIRST, &fake.url, &[]);
    assert_eq!((code, &found[0]["severity"]), (0, &json!("warning")), "{found:?}");
    let why = ": the key `type` appears twice in one object, at line 1 column 23 (`/type`)";
    assert!(found[0]["message"].as_str().unwrap().ends_with(why), "{found:?}");
}

#[test]
fn subjects_are_called_as_push_calls_them() {
    let fake = Fake::start();
    let naming =
        ["--subject-strategy", "topic-record", "--topic", "shop", "--rendering", "payload"];
    push(&FIRST, &fake.url, &naming);
    assert_eq!(check(&FIRST, &fake.url, &naming), (0, vec![]));
    assert_eq!(check(&FIRST, &fake.url, &[]).1.len(), 3);
    fake.requests();
    let shared = run(
        &FIRST,
        &["check", "--baseline-registry", &fake.url, "--topic", "shop"],
        directory("shared"),
    );
    assert!(shared.code == 101 && shared.err.starts_with("error[EV0503]: "), "{}", shared.err);
    let alone = run(&FIRST, &["check", "--topic", "shop"], directory("alone"));
    assert_eq!(alone.code, 2, "{}", alone.err);
    assert_eq!(fake.requests(), Vec::<String>::new());
}

#[test]
fn a_registry_that_cannot_be_asked_is_101() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}");
    let down = run(&FIRST, &["check", "--baseline-registry", &url], directory("down"));
    let err = format!("error[EV0502]: the registry at {url} cannot be reached: ");
    assert!(down.code == 101 && down.err.starts_with(&err) && down.out.is_empty(), "{down:?}");
}
