//! The command as a process: its streams, its exit code, its environment.
#![allow(clippy::unwrap_used, reason = "a test may")]

use catalog::CATALOG;
use event_schema::sample;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

/// Runs the command with `input` on its standard input, in a GitHub workflow or in a terminal.
fn run(args: &[&str], input: &str, in_workflow: bool) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catalog"));
    command
        .args(args)
        .env_remove("GITHUB_ACTIONS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if in_workflow {
        command.env("GITHUB_ACTIONS", "true");
    }
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Privacy 8: a raw e-mail address, as another writer may write it.
#[test]
fn p8_a_raw_address_in_a_masked_field_is_a_finding() {
    let event = CATALOG.find("auth_password_reset_requested").unwrap();
    let masked = sample::line(event, 0);
    assert_eq!(run(&["validate"], &masked, false).status.code(), Some(0), "{masked}");
    let raw = masked.replace("a***@example.com", "ada@example.com");
    assert_ne!(raw, masked);
    let ran = run(&["validate"], &raw, false);
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(100));
    assert!(
        said.contains(
            "`/email`: the text is not masked: `email` writes text such as `a***@example.com`"
        ),
        "{said}"
    );
    assert!(!said.contains("ada@"), "{said}");
}

#[test]
fn what_was_emitted_is_validated_as_it_comes() {
    let mut lines: Vec<String> = CATALOG.events().map(|event| sample::line(event, 1)).collect();
    let count = lines.len();
    let ran = run(&["validate"], &lines.join("\n"), false);
    assert_eq!(
        (ran.status.code(), String::from_utf8(ran.stderr).unwrap()),
        (Some(0), String::new())
    );
    let said = String::from_utf8(ran.stdout).unwrap();
    assert!(
        said.ends_with(&format!(
            "{count} lines: {count} valid, 0 invalid, 0 unknown, 0 blank; 0 of deprecated events\n"
        )),
        "{said}"
    );

    lines.push(r#"{"event":"cache_mis","version":1}"#.to_owned());
    let ran = run(&["validate", "-"], &lines.join("\n"), true);
    let err = String::from_utf8(ran.stderr).unwrap();
    assert_eq!((ran.status.code(), err.lines().count()), (Some(100), 1), "{err}");
    let place = format!(
        "::error file=<stdin>,line={},title=EV0401::no event is called `cache_mis`, did you mean \
         `cache_miss`?",
        count + 1
    );
    assert!(err.starts_with(&place), "{err}");
    assert_eq!(run(&["validate", "--format", "human"], "{}", true).stderr.first(), Some(&b'e'));
}

#[test]
fn a_wrong_command_line_is_2() {
    assert_eq!(run(&["validate", "--limit", "few"], "", false).status.code(), Some(2));
    assert_eq!(run(&["validate", "there/is/none.ndjson"], "", false).status.code(), Some(101));
}

/// The directory of a package without a lock, removed at the end of the test.
struct Package(PathBuf);

impl Package {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("catalog-command-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("Cargo.toml"), "[package]\nname = \"catalog-events\"\n").unwrap();
        Self(path)
    }

    fn start(&self, args: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_catalog"))
            .args(args)
            .current_dir(&self.0)
            .env("CARGO_MANIFEST_DIR", &self.0)
            .env("CARGO_PKG_NAME", "catalog-events")
            .env_remove("CI")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn commands_that_lock_at_once_are_all_recorded() {
    const AT_ONCE: usize = 3;
    let package = Package::new("at-once");
    let names: Vec<_> =
        CATALOG.events().filter(|event| event.version == 1).map(|event| event.name.snake).collect();
    let mut locked = 0;
    for names in names.chunks_exact(AT_ONCE).take(12) {
        let started: Vec<_> =
            names.iter().map(|name| package.start(&["lock", &format!("{name}@1")])).collect();
        for child in started {
            let ended = child.wait_with_output().unwrap();
            assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        }
        locked += names.len();
        let lock = fs::read_to_string(package.0.join("events.lock")).unwrap();
        let versions = lock.lines().filter(|line| line.contains("@1 type\": ")).count();
        assert_eq!(versions, locked, "each command has recorded its event");
    }
    let checked = package.start(&["check"]).wait_with_output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}
