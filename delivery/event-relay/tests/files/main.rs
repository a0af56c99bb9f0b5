//! The targets file and stdout: with real files, killed writes, a full disk, a closed pipe.
#![allow(clippy::unwrap_used, reason = "a test may")]

#[cfg(unix)]
mod full;
mod kill;
#[path = "../messages/mod.rs"]
mod messages;
mod rotation;
mod stdout;
mod torn;

use event_relay::Seq;
use event_relay::targets::file::{FileError, FileTarget, FileTargetOptions};
use event_relay::targets::{Batch, BlockingTarget, Target, Workers};
use messages::{Directory, batch, delivered, id, message, publish, unsendable};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::{Arc, mpsc};

fn open(path: &Path) -> FileTarget {
    FileTarget::open(FileTargetOptions::new(path)).unwrap()
}

/// The ids of the lines of a file. Each must be a whole envelope.
fn ids(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'), "the last line is whole");
    let id = |line: &str| {
        let envelope: Value = serde_json::from_str(line).unwrap();
        envelope["event_id"].as_str().unwrap().to_owned()
    };
    text.lines().map(id).collect()
}

fn ids_of(places: impl IntoIterator<Item = Seq>) -> Vec<String> {
    places.into_iter().map(id).collect()
}

#[test]
fn a_line_is_an_envelope() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    for fsync in [true, false] {
        let target =
            FileTarget::open(FileTargetOptions { fsync, ..FileTargetOptions::new(&path) }).unwrap();
        let places = if fsync { 1..=2 } else { 3..=4 };
        assert_eq!(publish(&target, places), delivered(0));
    }
    let lines: String = (1..=4).map(|seq| message(seq).envelope + "\n").collect();
    assert_eq!(fs::read_to_string(&path).unwrap(), lines);
}

#[test]
fn what_is_in_the_file_is_not_written_again() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    let target = open(&path);
    assert_eq!(publish(&target, 1..=100), delivered(0));
    assert_eq!(publish(&target, 100..=110), delivered(1), "in one process");
    drop(target);
    let target = open(&path);
    assert_eq!(publish(&target, 51..=120), delivered(60), "after a new start");
    assert_eq!(publish(&target, 120..=120), delivered(1), "nothing is left to write");
    assert_eq!(publish(&target, [121, 122, 121]), delivered(1), "twice in a batch");
    assert_eq!(ids(&path), ids_of(1..=122));
}

#[test]
fn only_the_last_lines_are_remembered() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    let target = open(&path);
    // 6.9 MB of lines; 4 MiB are about 9,100 of them.
    for start in (0..15_000).step_by(500) {
        publish(&target, start..start + 500);
    }
    let (far, near) = ([0, 1, 2], [6_999, 14_999]);
    assert_eq!(publish(&target, far), delivered(0));
    assert_eq!(publish(&target, near), delivered(2));
    drop(target);
    let target = open(&path);
    assert_eq!(publish(&target, near), delivered(2), "the same after a new start");
    assert_eq!(publish(&target, [3, 4]), delivered(0));
}

#[test]
fn an_envelope_that_is_not_one_line_is_refused() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    let target = open(&path);
    for envelope in ["{\n}", "{\"a\":\"\0\"}", "{}\n", "[1]", ""] {
        let mut broken = message(2);
        broken.envelope = envelope.to_owned();
        let outcome = target.publish(&[Arc::new(message(1)), Arc::new(broken)]);
        assert_eq!(unsendable(outcome), "the envelope is not one line of JSON", "{envelope:?}");
    }
    let mut long = message(2);
    long.envelope = long.envelope.replace("payload-", &"x".repeat(10 << 20));
    let outcome = target.publish(&[Arc::new(message(1)), Arc::new(long)]);
    assert_eq!(unsendable(outcome), "the envelope is longer than 10 MiB");
    assert_eq!(fs::read(&path).unwrap(), b"", "nothing of the batch is written");
}

#[test]
fn a_file_has_one_writer() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    let target = open(&path);
    let second = FileTarget::open(FileTargetOptions::new(&path)).unwrap_err();
    assert!(matches!(second, FileError::InUse { .. }));
    assert_eq!(
        second.to_string(),
        format!(
            "another relay writes `{}`\nhelp: stop it, or give each target a file of its own",
            path.display()
        )
    );
    drop(target);
    open(&path);
}

#[test]
fn a_path_that_is_no_file_is_an_error() {
    let directory = Directory::new();
    let error =
        |path: &Path| FileTarget::open(FileTargetOptions::new(path)).unwrap_err().to_string();
    let missing = error(&directory.join("no/events.ndjson"));
    assert!(missing.starts_with("cannot open `"), "{missing}");
    assert!(missing.ends_with("\nhelp: make the directory; the relay makes only the file"));
    assert!(error(directory.path()).starts_with("cannot open `"));
    if Path::new("/dev/full").exists() {
        assert_eq!(
            error(Path::new("/dev/full")),
            "`/dev/full` is not a regular file\nhelp: name a file; a pipe is written by the target \
             stdout"
        );
    }
}

#[test]
fn workers_answer_every_batch() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    let target = open(&path);
    let limits = target.limits();
    assert_eq!((limits.in_flight, limits.events, limits.bytes), (1, 2_000, 1 << 20));
    let mut workers = Workers::start("file", target).unwrap();
    assert_eq!(workers.limits(), limits);
    let (sender, answers) = mpsc::channel();
    for events in [1..=3, 3..=5] {
        let sender = sender.clone();
        workers.publish(Batch::new(batch(events), move |outcome| sender.send(outcome).unwrap()));
    }
    drop((workers, sender));
    assert_eq!(answers.iter().collect::<Vec<_>>(), [delivered(0), delivered(1)]);
    assert_eq!(ids(&path), ids_of(1..=5));
}
