//! `coverage`: what is listed, what is counted, what is damaged.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use event_cli::Env;
use fixture::{Failing, Ran, SHOP, Temp, run_in};
use serde_json::{Value, json};
use std::fs;
use std::io::ErrorKind;

/// A file as a recorder writes it.
fn file(events: &[(&str, u32, &str)]) -> String {
    let event = |(name, version, level): &(&str, u32, &str)| {
        json!({ "event": name, "version": version, "levels": [level] }).to_string() + "\n"
    };
    let head = json!({ "event_coverage": 1, "events": events.len() }).to_string() + "\n";
    head + &events.iter().map(event).collect::<String>()
}

/// A directory where two processes have written.
fn covered(name: &str) -> Temp {
    let temp = Temp::new(name);
    let directory = temp.join("target/event-coverage");
    fs::create_dir_all(&directory).unwrap();
    let first = [
        ("payment_process_failed", 2, "error"),
        ("payment_process_failed", 1, "info"),
        ("other_thing", 3, "debug"),
    ];
    fs::write(directory.join("1.ndjson"), file(&first)).unwrap();
    fs::write(directory.join("2.ndjson"), file(&[("payment_process_failed", 2, "info")])).unwrap();
    fs::write(directory.join("3.ndjson.tmp"), "half of a fi").unwrap();
    temp
}

fn ran(code: u8, out: &str, err: &str) -> Ran {
    Ran { code, out: out.to_owned(), err: err.to_owned() }
}

const LISTED: &str = "\
payment 1/1
  emitted  payment_process_failed  v2  info|error  never warning

cache 0/1
  never    cache_hit               v1

not in the catalog
  other_thing  v3  debug

1 of 2 events were emitted, 50.0 %
";

#[test]
fn coverage_to_read() {
    let temp = covered("read");
    assert_eq!(run_in(temp.path(), &SHOP, &["coverage"]), ran(0, LISTED, ""));
    let first = "target/event-coverage/1.ndjson";
    let again = run_in(temp.path(), &SHOP, &["coverage", first, "target/event-coverage"]);
    assert_eq!(again, ran(0, LISTED, ""), "a file that is named twice counts once");
    let alone = run_in(temp.path(), &SHOP, &["coverage", first]).out;
    assert!(alone.contains("v2  error  never info|warning\n"), "{alone}");
}

#[test]
fn coverage_for_tools() {
    let temp = covered("tools");
    let ran = run_in(temp.path(), &SHOP, &["coverage", "--format", "json"]);
    let listed: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &listed["emitted"], &listed["events"]), (0, &json!(1), &json!(2)));
    assert_eq!(
        listed["domains"],
        json!([
            { "name": "payment", "emitted": 1, "events": 1, "of": [{
                "name": "payment_process_failed", "version": 2, "emitted": true, "levels": ["info", "error"], "missing_levels": ["warning"],
            }] },
            { "name": "cache", "emitted": 0, "events": 1, "of": [{
                "name": "cache_hit", "version": 1, "emitted": false, "levels": [], "missing_levels": ["debug"],
            }] },
        ])
    );
    assert_eq!(
        listed["unknown"],
        json!([{ "name": "other_thing", "version": 3, "levels": ["debug"] }])
    );
}

#[test]
fn too_little_is_a_finding() {
    let temp = covered("little");
    let err = "\
error[EV0301]: 1 of 2 events were emitted, 50.0 %, 50.5 % are required
 --> shop/src/payment.rs:12:16
help: test the code that emits the events listed as never emitted, or remove the events that no \
               code emits
";
    assert_eq!(
        run_in(temp.path(), &SHOP, &["coverage", "--fail-under", "50.5"]),
        ran(100, LISTED, err)
    );
    assert_eq!(run_in(temp.path(), &SHOP, &["coverage", "--fail-under", "50"]), ran(0, LISTED, ""));
    let path = temp.join("target/event-coverage").display().to_string();
    let closed = &mut Failing(ErrorKind::BrokenPipe);
    assert_eq!(
        fixture::run_into(closed, &["coverage", &path, "--fail-under", "99"]).0,
        100,
        "findings are findings"
    );
    assert_eq!(fixture::run_into(closed, &["coverage", &path]).0, 0);
}

#[test]
fn nothing_to_read() {
    let temp = Temp::new("nothing");
    let default = temp.join("target/event-coverage").display().to_string();
    let help = format!(
        "help: run the tests, then read their files: `EVENTS_COVERAGE={default} cargo test`, \
         then `cargo run -p shop-catalog -- coverage`\n"
    );
    let missing = run_in(temp.path(), &SHOP, &["coverage"]);
    assert_eq!(
        missing,
        ran(101, "", &format!("error: `target/event-coverage` does not exist\n{help}"))
    );
    fs::create_dir_all(temp.join("empty")).unwrap();
    let empty = run_in(temp.path(), &SHOP, &["coverage", "empty"]);
    assert_eq!(
        empty,
        ran(101, "", &format!("error: there is no coverage file in `empty`\n{help}"))
    );
}

#[test]
fn a_damaged_file_is_named_with_its_line() {
    let temp = covered("damaged");
    let damaged = temp.join("target/event-coverage/2.ndjson");
    let whole = fs::read_to_string(&damaged).unwrap();
    fs::write(&damaged, &whole[..whole.len() - 5]).unwrap();
    let err = "\
error[EV0302]: the coverage file is damaged: not an event with a version and levels
 --> target/event-coverage/2.ndjson:2
help: remove the file and run the tests again: no other file has its events
";
    assert_eq!(run_in(temp.path(), &SHOP, &["coverage"]), ran(101, "", err));
    fs::write(&damaged, whole.lines().next().unwrap()).unwrap();
    let err = run_in(temp.path(), &SHOP, &["coverage"]).err;
    assert!(
        err.starts_with(
            "error[EV0302]: the coverage file is damaged: the file ends after 0 of 1 events\n"
        ),
        "{err}"
    );
    fs::remove_file(&damaged).unwrap();
    assert_eq!(run_in(temp.path(), &SHOP, &["coverage"]).code, 0);
}

/// The coverage of one event, in a directory.
fn cover(directory: &std::path::Path) {
    fs::create_dir_all(directory).unwrap();
    fs::write(directory.join("1.ndjson"), file(&[("cache_hit", 1, "debug")])).unwrap();
}

#[test]
fn the_environment_says_where_coverage_is() {
    let temp = Temp::new("environment");
    fs::create_dir_all(temp.join("shop/src")).unwrap();
    fs::write(temp.join("Cargo.lock"), "").unwrap();
    let (built, named) = (temp.join("built elsewhere"), temp.join("named"));
    for directory in [
        &temp.join("target/event-coverage"),
        &built.join("event-coverage"),
        &named,
        &temp.join("near"),
    ] {
        cover(directory);
    }
    let package = temp.join("shop").display().to_string();
    let run = |directory: &str, variables: &[(&str, &str)]| {
        let variables = [&[("CARGO_MANIFEST_DIR", package.as_str())], variables].concat();
        let variables = variables
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let env = Env { directory: temp.join(directory), variables, ..Env::default() };
        fixture::run_with(&env, &SHOP, &["coverage"])
    };
    let (built, named) = (built.display().to_string(), named.display().to_string());
    let all = [
        vec![],
        vec![("CARGO_TARGET_DIR", built.as_str())],
        vec![("CARGO_BUILD_TARGET_DIR", built.as_str())],
        vec![("CARGO_TARGET_DIR", "/nowhere"), ("EVENTS_COVERAGE", named.as_str())],
        vec![("EVENTS_COVERAGE", "near")],
        vec![("EVENTS_COVERAGE", "")],
    ];
    for variables in all {
        // From the package and from the workspace alike.
        for directory in ["shop", "", "shop/src"] {
            let ran = run(directory, &variables);
            assert!(
                ran.code == 0 && ran.out.ends_with("1 of 2 events were emitted, 50.0 %\n"),
                "{variables:?} {ran:?}"
            );
        }
    }
    // What is not there is named as it was looked for, and so is the way to make it.
    let ran = run("shop", &[("CARGO_TARGET_DIR", "it's built")]);
    assert_eq!(ran.code, 101);
    assert!(
        ran.err.starts_with("error: `it's built/event-coverage` does not exist\n"),
        "{}",
        ran.err
    );
    let path = temp.join(r"shop/it'\''s built/event-coverage").display().to_string();
    assert!(ran.err.contains(&format!("`EVENTS_COVERAGE='{path}' cargo test`")), "{}", ran.err);
}
