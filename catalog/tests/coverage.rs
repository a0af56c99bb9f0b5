//! Coverage, from a test's recorders to the command. The tests of this file run again, in processes
//! that write coverage files.
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code)]
#[path = "../../examples/src/bin/checkout.rs"]
mod checkout;

use catalog::CATALOG;
use catalog::auth::{AuthLoginFailed, emit_auth_login_failed};
use event_core::Recorder;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

#[test]
fn the_example_is_covered() {
    let ((), recorder) = Recorder::capture(checkout::play);
    assert!(recorder.records().len() > 20, "the example emits");
}

#[test]
fn a_recorder_that_was_cleared_covers_all_the_same() {
    let recorder = Recorder::new();
    let bound = recorder.enter();
    emit_auth_login_failed(AuthLoginFailed {
        username: "ada".into(),
        reason: "invalid_credentials".into(),
    });
    recorder.clear();
    drop((bound, recorder));
}

/// A directory that is removed when the test ends.
struct Temp(PathBuf);

impl Temp {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("event-coverage-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs tests of this file in another process, which writes its coverage to `coverage`.
fn run_tests(names: &[&str], coverage: &Path) {
    let mut tests = Command::new(env::current_exe().unwrap());
    let output =
        tests.args(["--exact"]).args(names).env("EVENTS_COVERAGE", coverage).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(
        String::from_utf8_lossy(&output.stdout).contains(&format!("{} passed", names.len())),
        "they were found"
    );
    assert!(
        !String::from_utf8_lossy(&output.stderr).contains("EVENTS_COVERAGE"),
        "nothing went wrong"
    );
}

/// The output of the command for a directory, and its exit code.
fn coverage(directory: &Path, args: &[&str]) -> (u8, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = ["coverage", directory.to_str().unwrap()]
        .into_iter()
        .chain(args.iter().copied())
        .map(Into::into);
    let code = event_cli::run(&CATALOG, args, &mut out, &mut err, &event_cli::Env::default());
    (code, String::from_utf8([out, err].concat()).unwrap())
}

#[test]
fn what_tests_emit_is_listed_by_the_command() {
    let temp = Temp::new("listed");
    let directory = temp.0.join("made/by/the/recorder");
    run_tests(
        &["the_example_is_covered", "a_recorder_that_was_cleared_covers_all_the_same"],
        &directory,
    );
    run_tests(&["the_example_is_covered"], &directory);
    let files: Vec<_> =
        fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 2, "one for each process, and nothing beside them: {files:?}");

    let (code, listed) = coverage(&directory, &["--format", "json"]);
    let listed: Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(code, 0);
    assert_eq!(listed["unknown"], serde_json::json!([]));
    let ((), recorder) = Recorder::capture(checkout::play);
    let mut played: Vec<_> =
        recorder.records().iter().map(|record| record.meta().name.snake).collect();
    played.push("auth_login_failed");
    played.sort_unstable();
    played.dedup();
    let domains = listed["domains"].as_array().unwrap();
    let events = domains.iter().flat_map(|domain| domain["of"].as_array().unwrap());
    let mut emitted: Vec<_> = events
        .filter(|event| event["emitted"] == true)
        .map(|event| event["name"].as_str().unwrap())
        .collect();
    emitted.sort_unstable();
    assert_eq!(emitted, played);

    let (code, said) = coverage(&directory, &["--fail-under", "100"]);
    assert_eq!(code, 100, "{said}");
    assert!(said.contains("error[EV0301]: "), "{said}");
}

/// A workspace as cargo presents it to a test: the test runs in the package, and `EVENTS_COVERAGE`
/// was set in the user's directory.
#[test]
fn tests_and_command_agree_on_a_relative_directory() {
    let temp = Temp::new("relative");
    let package = temp.0.join("crates/shop");
    fs::create_dir_all(&package).unwrap();
    fs::write(temp.0.join("Cargo.lock"), "").unwrap();
    let run = |program: &Path, directory: &Path, args: &[&str]| {
        let mut command = Command::new(program);
        command.args(args).current_dir(directory).env("CARGO_MANIFEST_DIR", &package);
        let output = command.env("EVENTS_COVERAGE", "target/covered").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let test = ["--exact", "a_recorder_that_was_cleared_covers_all_the_same"];
    assert!(run(&env::current_exe().unwrap(), &package, &test).contains("1 passed"));
    assert_eq!(
        fs::read_dir(temp.0.join("target/covered")).unwrap().count(),
        1,
        "it starts at the workspace"
    );
    let command = Path::new(env!("CARGO_BIN_EXE_catalog"));
    for directory in [&temp.0, &package] {
        let listed = run(command, directory, &["coverage"]);
        assert!(listed.contains("emitted  auth_login_failed"), "{listed}");
    }
}
