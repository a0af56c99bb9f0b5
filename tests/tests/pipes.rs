//! Pipes: full ones, non-blocking ones, ones that nobody reads, and `.. | head -1`.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may say unwrap; the hygiene package denies what tests may leave out"
)]

use event_core::sink::{FileLines, JsonLines};
use event_core::{Emitter, Sink};
use std::fs;
use std::io::{ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

event_core::events! {
    #[domain]
    pub enum Disk {
        Check,
    }

    #[event(info)]
    pub struct DiskCheckCompleted {
        pub free: u64,
        pub padding: String,
    }
}

const SINK: &str = "EVENTS_PIPES_SINK";
const COUNT: &str = "EVENTS_PIPES_COUNT";

fn emit(emitter: &Emitter, count: u64) {
    for free in 0..count {
        emitter.emit(&DiskCheckCompleted { free, padding: "x".repeat(100) });
    }
}

/// Not a test: what the others start in a shell. It writes to its standard output, and tells what
/// became of that on its standard error.
#[test]
fn child() {
    let Ok(sink) = std::env::var(SINK) else { return };
    let count = std::env::var(COUNT).unwrap().parse().unwrap();
    let sink: Box<dyn Sink> = match sink.as_str() {
        "stdout" => Box::new(JsonLines::stdout()),
        path => Box::new(FileLines::open(path).unwrap()),
    };
    let emitter = Emitter::builder().sink(sink).on_incident(|_| {}).build();
    emit(&emitter, count);
    let _ = emitter.flush();
    let report = emitter.report();
    let told = &report.sinks[0];
    eprint!("{} delivered, {} failed, {:?}", told.delivered, told.failed, told.last_error);
    // The harness would `print!` its verdict.
    std::process::exit(0);
}

/// Plays a shell script in which `emits` is the child.
fn play(script: &str, sink: &str, count: u64) -> Output {
    let script = format!("emits() {{ \"$0\" --exact child --nocapture; }}\n{script}");
    let begun = Instant::now();
    let output = Command::new("timeout")
        .args(["60", "bash", "-c", &script])
        .arg(std::env::current_exe().unwrap())
        .env(SINK, sink)
        .env(COUNT, count.to_string())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(begun.elapsed() < Duration::from_secs(59), "it hangs: {output:?}");
    output
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_reader_that_takes_one_line_ends_it_with_an_error() {
    for sink in ["stdout", "/dev/stdout"] {
        // The first lines are the harness's.
        let said = said(&play("emits | head -3", sink, 50_000));
        let failed: u64 =
            said.split(" delivered, ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        assert!(failed > 40_000 && said.contains("Broken pipe"), "{sink}: {said}");
        assert!(sink == "stdout" || said.contains("`/dev/stdout`: "), "{said}");
    }
}

#[test]
fn a_non_blocking_pipe_is_waited_for() {
    // `dd` makes the pipe non-blocking that it shares with the child.
    let script = "{ dd oflag=nonblock if=/dev/null status=none; emits; } | { sleep 1; cat; }";
    for sink in ["stdout", "/dev/stdout"] {
        let output = play(script, sink, 5_000);
        assert!(
            said(&output).contains("5000 delivered, 0 failed, None"),
            "{sink}: {}",
            said(&output)
        );
        let lines = String::from_utf8(output.stdout).unwrap();
        let free =
            lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        assert!(
            free.map(|line| line["free"].as_u64().unwrap()).eq(0..5_000),
            "{sink}: in order, none missing"
        );
    }
}

/// A named pipe, gone with its test.
struct Pipe(PathBuf);

impl Pipe {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("event-pipes-{name}-{}", std::process::id()));
        let _ = fs::remove_file(&path);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        Self(path)
    }

    /// Opens it to read, without waiting for a writer.
    fn reader(&self) -> fs::File {
        const O_NONBLOCK: i32 = if cfg!(target_os = "linux") { 0o4000 } else { 4 };
        fs::OpenOptions::new().read(true).custom_flags(O_NONBLOCK).open(&self.0).unwrap()
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn emitter(path: &Path) -> Emitter {
    Emitter::builder().sink(FileLines::open(path).unwrap()).on_incident(|_| {}).build()
}

#[test]
fn a_named_pipe_that_nobody_reads_is_an_error() {
    let pipe = Pipe::new("unread");
    let error = FileLines::open(&pipe.0).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotConnected);
    assert_eq!(
        error.to_string(),
        format!("`{}`: no process has opened the pipe to read it", pipe.0.display())
    );
}

#[test]
fn a_named_pipe_fails_while_it_has_no_reader_and_goes_on_with_the_next() {
    let pipe = Pipe::new("readers");
    let first = pipe.reader();
    let emitter = emitter(&pipe.0);
    emit(&emitter, 2);
    drop(first);
    emit(&emitter, 3);
    let told = &emitter.report().sinks[0];
    let error = told.last_error.clone().unwrap();
    assert_eq!((told.delivered, told.failed), (2, 3), "{error}");
    assert!(
        error.starts_with(&format!("`{}`: ", pipe.0.display())) && error.contains("Broken pipe"),
        "{error}"
    );
    let mut second = pipe.reader();
    emit(&emitter, 1);
    drop(emitter);
    let mut text = String::new();
    second.read_to_string(&mut text).unwrap();
    assert_eq!(text.lines().count(), 3, "the pipe has kept what was not read");
}

#[test]
fn a_named_pipe_that_is_full_is_waited_for() {
    let pipe = Pipe::new("full");
    let reader = pipe.reader();
    let emitter = emitter(&pipe.0);
    let emits = std::thread::spawn(move || {
        emit(&emitter, 2_000);
        emitter.report().sinks.remove(0)
    });
    std::thread::sleep(Duration::from_millis(300));
    let mut lines = 0;
    let mut reader = reader;
    let mut bytes = [0; 4096];
    while !emits.is_finished() || lines < 2_000 {
        match reader.read(&mut bytes) {
            Ok(0) => break,
            Ok(count) => lines += bytes[..count].split(|byte| *byte == b'\n').count() - 1,
            Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
        }
    }
    let told = emits.join().unwrap();
    assert_eq!((lines, told.delivered, told.failed), (2_000, 2_000, 0), "{told:?}");
}
