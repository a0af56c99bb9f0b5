//! Relays that are killed at any time. Each is a child that is this test again, and goes on behind
//! the last batch whose answer the parent has read.

use crate::messages::{Directory, publish, unavailable};
use crate::{ids, ids_of, open};
use event_relay::Seq;
use event_relay::targets::Outcome;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

const DIRECTORY: &str = "EVENT_RELAY_KILL_DIRECTORY";
const AFTER: &str = "EVENT_RELAY_KILL_AFTER";

/// Not a test: publishes until it is killed, and tells what was answered.
#[test]
fn killed_child() {
    let Ok(directory) = std::env::var(DIRECTORY) else { return };
    let mut last: Seq = std::env::var(AFTER).unwrap().parse().unwrap();
    let target = open(&Path::new(&directory).join("events.ndjson"));
    loop {
        match publish(&target, last + 1..=last + 50) {
            Outcome::Delivered { duplicates } => {
                last += 50;
                eprintln!("answered {last} {duplicates}");
            }
            outcome => panic!("{}", unavailable(outcome).0),
        }
    }
}

#[test]
fn a_killed_relay_leaves_no_duplicate_and_no_torn_line() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    let mut answered: Seq = 0;
    for round in 0..12 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::killed_child", "--nocapture"])
            .env(DIRECTORY, directory.path())
            .env(AFTER, answered.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut answers = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let last = |line: &String| line.split(' ').nth(1)?.parse::<Seq>().ok();
        let first = answers.next().unwrap();
        assert!(first.starts_with("answered "), "{first}");
        thread::sleep(Duration::from_micros(1_700 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let all: Vec<String> = [first].into_iter().chain(answers).collect();
        // The last answers are lost on their way to the cursor: no more than the file remembers.
        let kept = all.len().saturating_sub(20).max(1);
        answered = all[..kept].iter().filter_map(last).next_back().unwrap();
    }
    let target = open(&path);
    let written = Seq::try_from(ids(&path).len()).unwrap();
    assert!(written >= answered && answered >= 600, "{written} {answered}");
    assert_eq!(ids(&path), ids_of(1..=written), "each once, in order");
    publish(&target, answered + 1..=written + 1);
    assert_eq!(ids(&path), ids_of(1..=written + 1));
}
