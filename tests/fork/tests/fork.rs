//! What must hold of records of forked processes.
#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may say unwrap")]

use serde_json::Value;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A directory of one test, gone with it.
struct Directory(PathBuf);

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Plays a scenario; gives every line that its processes have written, by file.
fn play(scenario: &str) -> Vec<Vec<Value>> {
    let directory = Directory(
        std::env::temp_dir().join(format!("event-fork-{scenario}-{}", std::process::id())),
    );
    fs::create_dir_all(&directory.0).unwrap();
    let status =
        Command::new(env!("CARGO_BIN_EXE_fork")).arg(scenario).arg(&directory.0).status().unwrap();
    assert!(status.success(), "{scenario}: {status}");
    let lines = |path: &Path| -> Vec<Value> {
        fs::read_to_string(path)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    fs::read_dir(&directory.0).unwrap().map(|entry| lines(&entry.unwrap().path())).collect()
}

/// What was drawn at random for each line: its trace and span, and the random bits of its id.
fn assert_distinct(scenario: &str, files: usize, lines: usize) {
    let written = play(scenario);
    assert_eq!(written.len(), files, "{scenario}");
    let all: Vec<&Value> = written.iter().flatten().collect();
    assert_eq!(all.len(), lines, "{scenario}");
    for key in ["trace_id", "span_id", "event_id"] {
        // The last 16 digits of an id have nothing of the time.
        let drawn: HashSet<&str> = all
            .iter()
            .map(|line| line[key].as_str().unwrap())
            .map(|id| &id[id.len() - 16..])
            .collect();
        assert_eq!(drawn.len(), lines, "{scenario}: a {key} was drawn twice");
    }
    for lines in &written {
        let ids: Vec<&str> = lines.iter().map(|line| line["event_id"].as_str().unwrap()).collect();
        assert!(ids.is_sorted(), "{scenario}: within a process ids grow");
    }
}

#[test]
fn workers_that_are_forked_before_anything_is_drawn_differ() {
    assert_distinct("fresh", 3, 150);
}

#[test]
fn workers_that_are_forked_after_an_emitter_was_used_differ_from_it_and_from_each_other() {
    assert_distinct("used", 5, 250);
}

#[test]
fn children_of_children_differ() {
    assert_distinct("generations", 8, 400);
}

#[test]
fn a_thousand_children_that_each_draw_once_differ() {
    assert_distinct("thousand", 1, 1_000);
}

#[test]
fn a_forked_child_does_not_write_what_its_parent_has_buffered() {
    let written = play("buffered");
    let mut numbers: Vec<u64> =
        written[0].iter().map(|line| line["number"].as_u64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..40).collect::<Vec<_>>(), "each record once");
}
