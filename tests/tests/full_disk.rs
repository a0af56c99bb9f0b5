//! A full disk and a reader that is gone: counted and told, no panic, no line glued to half of
//! another.
//!
//! The disk is played by a limit on the size of files: the shell sets it for a child that is this
//! test again.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may say unwrap; the hygiene package denies what tests may leave out"
)]

mod disk;

use disk::{Directory, LONG, emit, emitter, read};
use event_core::Sink;
use event_core::emit::Report;
use event_core::sink::{Background, Batches, FileLines, JsonLines};
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

const DIRECTORY: &str = "EVENTS_FULL_DISK_DIRECTORY";
const STDOUT: &str = "EVENTS_FULL_DISK_STDOUT";

fn accounted(report: &Report) {
    for sink in &report.sinks {
        assert_eq!(
            sink.delivered + sink.failed + sink.dropped + sink.waiting,
            report.emitted,
            "{sink:?}"
        );
    }
}

#[test]
fn a_device_that_is_full_fails_every_record() {
    if !Path::new("/dev/full").exists() {
        // Not every system has it; the limit below does without.
        return;
    }
    let full = || OpenOptions::new().write(true).open("/dev/full").unwrap();
    for sink in [
        Box::new(JsonLines::new(full())) as Box<dyn Sink>,
        Box::new(FileLines::open("/dev/full").unwrap()),
        Box::new(FileLines::options().buffer(300, LONG).open("/dev/full").unwrap()),
        Box::new(Background::new(JsonLines::new(full())).unwrap()),
        Box::new(Batches::new(full(), 3, LONG).unwrap()),
    ] {
        let emitter = emitter(sink);
        emit(&emitter, 0..20);
        let _ = emitter.flush();
        let report = emitter.report();
        accounted(&report);
        let sink = &report.sinks[0];
        assert_eq!(sink.delivered, 0, "{sink:?}");
        assert!(sink.failed > 0 && sink.last_error.is_some(), "{sink:?}");
    }
}

/// Not a test: what the one below starts under a limit.
#[test]
fn limited_child() {
    let Ok(directory) = std::env::var(DIRECTORY) else { return };
    let directory = Path::new(&directory);

    for (name, buffer) in [("unbuffered", 0), ("buffered", 700)] {
        let path = directory.join(name);
        let emitter = emitter(FileLines::options().buffer(buffer, LONG).open(&path).unwrap());
        emit(&emitter, 0..100);
        assert_eq!(emitter.flush().is_err(), buffer > 0, "what is buffered cannot be written");
        let (report, (written, torn)) = (emitter.report(), read(&path));
        accounted(&report);
        let sink = &report.sinks[0];
        assert!(sink.failed > 0 && sink.delivered > 10 && sink.last_error.is_some(), "{sink:?}");
        assert_eq!(
            (sink.delivered, torn.len()),
            (written.len() as u64, 0),
            "half a line was taken back"
        );

        // Someone makes room.
        File::options().write(true).open(&path).unwrap().set_len(0).unwrap();
        emit(&emitter, 100..110);
        emitter.flush().unwrap();
        let (after, torn) = read(&path);
        let again: Vec<_> = written.iter().chain(&after).copied().collect();
        assert!(again.is_sorted() && after.ends_with(&(100..110).collect::<Vec<_>>()), "{again:?}");
        let sink = emitter.report().sinks.remove(0);
        assert_eq!(
            (sink.delivered, sink.waiting, torn.len()),
            (again.len() as u64, 0, 0),
            "{sink:?}"
        );
    }

    // A sink that cannot take back ends the half line before the next.
    let path = directory.join("lines");
    let append = OpenOptions::new().append(true).create(true).open(&path).unwrap();
    let emitter = emitter(JsonLines::new(append));
    emit(&emitter, 0..100);
    let text = fs::read_to_string(&path).unwrap();
    let half = text.len() - text.rfind('\n').unwrap() - 1;
    assert!(half > 0, "the limit is no multiple of the lines");
    let shorter = text.splitn(4, '\n').last().unwrap();
    // Room at the front, as if the disk had grown: the half line still ends the file.
    fs::write(&path, shorter).unwrap();
    emit(&emitter, 100..101);
    let (written, torn) = read(&path);
    assert_eq!((written.last(), torn.len()), (Some(&100), 1), "the half line stands alone");
    accounted(&emitter.report());
}

#[test]
fn a_disk_that_fills_up_tears_no_line() {
    let directory = Directory::new("full");
    // Without the trap the signal ends the process; `ulimit -f` counts in 512 or 1024 bytes.
    let status = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "limited_child", "--nocapture"])
        .env(DIRECTORY, directory.path())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{status}");
    assert!(directory.join("lines").exists(), "the child has run");
}

/// Not a test: what the one below starts, with nobody to read what it writes.
#[test]
fn unread_child() {
    if std::env::var_os(STDOUT).is_none() {
        return;
    }
    // The harness has said that this runs; from here on nobody reads.
    let mut gone = Vec::new();
    std::io::stdin().read_to_end(&mut gone).unwrap();
    let emitter = emitter(JsonLines::stdout());
    emit(&emitter, 0..10);
    let _ = emitter.flush();
    let report = emitter.report();
    eprint!(
        "emitted {} failed {} why {:?}",
        report.emitted,
        report.failed(),
        report.sinks[0].last_error
    );
    // The harness would `print!` its verdict.
    std::process::exit(0);
}

#[test]
fn a_reader_that_is_gone_is_an_error_and_no_panic() {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "unread_child", "--nocapture", "--test-threads=2"])
        .env(STDOUT, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("running 1 test") {
        line.clear();
        assert!(stdout.read_line(&mut line).unwrap() > 0, "the harness announces it");
    }
    drop(stdout);
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{} {said}", output.status);
    assert!(said.starts_with("emitted 10 failed 10 why Some(\"Broken pipe"), "{said}");
}
