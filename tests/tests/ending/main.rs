//! The end of a program: within its limit whatever a sink does, and without a line lost where
//! nobody kept the guard. Each case is a process of its own, because an emitter is installed once;
//! the processes run beside each other.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a test may say unwrap; the hygiene package denies what tests may leave out"
)]

mod cases;
mod stuck;

use event_core::record::Record;
use event_core::sink::JsonLines;
use event_core::{Emitter, Level, Sink};
use std::io::{self, ErrorKind, Read, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

event_core::events! {
    #[domain]
    pub enum Load {
        Step,
        Skip,
    }

    #[event(info)]
    pub struct LoadStepCompleted {
        pub count: u64,
    }

    /// Nearly all of them are left out, so that the end has something to say.
    #[event(info, sample = 1 / 1000000)]
    pub struct LoadSkipCompleted {
        pub count: u64,
    }
}

const CASE: &str = "EVENTS_ENDING_CASE";

/// Not a test: what the tests start.
#[test]
fn child() {
    let Ok(case) = std::env::var(CASE) else { return };
    cases::run(&case);
    // As `main` ends: whatever other threads do.
    let _ = io::stdout().flush();
    std::process::exit(0);
}

fn command(case: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture", "--test-threads=1"]).env(CASE, case);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the cases beside each other; gives what each printed.
fn outputs(cases: &[&str]) -> Vec<String> {
    let run = |case: &str| {
        let output = command(case).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "`{case}`: {:?}\n{text}\n{errors}", output.status);
        text
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = cases.iter().map(|case| scope.spawn(move || run(case))).collect();
        running.into_iter().map(|running| running.join().unwrap()).collect()
    })
}

#[test]
fn the_end_keeps_its_limit_whatever_a_sink_does() {
    let left_behind = [
        "write",
        "flush",
        "display",
        "fifo, lines",
        "fifo, batches",
        "fifo, file",
        "full queue",
        "no time",
        "callback",
    ];
    let no_part_of_the_end =
        ["losses", "drop", "on_error", "name", "report timer", "endless", "dropped guard"];
    let cases = [&left_behind[..], &no_part_of_the_end[..]].concat();
    for (case, output) in cases.iter().zip(outputs(&cases)) {
        let said =
            output.lines().find_map(|line| line.split_once("excess ")).map_or("", |(_, said)| said);
        println!("{case:15} {said}");
        if left_behind.contains(case) {
            assert!(said.contains("; left behind;"), "`{case}`: {output}");
        }
    }
}

#[test]
fn nothing_is_lost_where_the_guard_is_gone() {
    for case in ["thrown away", "finished early"] {
        let path =
            std::env::temp_dir().join(format!("event-guard-{}-{}", std::process::id(), case.len()));
        let path = path.to_str().unwrap();
        let output = command(case).env("EVENTS_ENDING_FILE", path).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        assert_eq!(
            errors.matches("write `let guard = emitter.install()?;`").count(),
            1,
            "{errors}"
        );
        for name in ["buffer", "queue", "lines"] {
            let path = format!("{path}.{name}");
            assert_eq!(
                std::fs::read_to_string(&path).unwrap().lines().count(),
                100,
                "{case}: {name}"
            );
            std::fs::remove_file(path).unwrap();
        }
        let batches = std::fs::read_to_string(format!("{path}.batches")).unwrap();
        assert_eq!(batches.matches("\"load_step_completed\"").count(), 100, "{case}");
        std::fs::remove_file(format!("{path}.batches")).unwrap();
    }
}

#[test]
fn a_listener_that_prints_where_standard_output_is_gone_harms_nothing() {
    let mut child = command("stdout gone").stdin(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(200));
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all(b"go\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert!(errors.contains("event-core: sink `JsonLines` could not take a record"), "{errors}");
}

/// `sh` cannot make a pipe non-blocking; Python can, where it is there.
#[test]
fn a_pipe_that_is_non_blocking_loses_nothing() {
    if Command::new("python3").arg("--version").output().is_err() {
        return;
    }
    let program = "import os, sys; os.set_blocking(1, False); os.execv(sys.argv[1], sys.argv[1:])";
    let mut child = Command::new("python3");
    child.args(["-c", program]).arg(std::env::current_exe().unwrap());
    child.args(["--exact", "child", "--nocapture", "--test-threads=1"]).env(CASE, "pipe");
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_secs(1));
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines =
        text.split_once("-- lines --\n").unwrap().1.lines().filter(|line| line.starts_with('{'));
    let counts: Vec<u64> = lines
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["count"].as_u64().unwrap()
        })
        .collect();
    assert!(counts.into_iter().eq(0..5_000), "a line is missing, or torn");
}

/// Once a false error came up in one of ten, and a real one was replaced.
#[test]
fn a_flush_that_ends_in_time_is_not_said_to_be_late() {
    struct Gone;
    impl Sink for Gone {
        fn write(&self, _: &Record<'_>) -> io::Result<()> {
            Ok(())
        }

        fn flush(&self) -> io::Result<()> {
            Err(io::Error::new(ErrorKind::NotFound, "disk gone"))
        }
    }
    for _ in 0..300 {
        let emitter = Emitter::builder()
            .level(Level::Info)
            .sink(JsonLines::new(io::sink()))
            .sink(Gone)
            .build();
        emitter.emit(&LoadStepCompleted { count: 0 });
        emitter.flush_within(Duration::from_secs(60));
        let report = emitter.report();
        assert_eq!(report.sinks[0].flush_error, None);
        assert_eq!(report.sinks[1].flush_error.as_deref(), Some("disk gone"));
    }
}
