//! The standard output of a child that is this test again.

use crate::messages::{batch, delivered, message, unavailable, unsendable};
use event_relay::targets::BlockingTarget;
use event_relay::targets::stdout::StdoutTarget;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

const CHILD: &str = "EVENT_RELAY_STDOUT";

/// Not a test: a child that publishes a batch for each byte that it reads.
#[test]
fn publishing_child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let target = StdoutTarget::new().unwrap();
    let mut broken = message(1);
    broken.envelope = "{\n}".to_owned();
    unsendable(target.publish(&[Arc::new(broken)]));
    for (number, _) in (0..).zip(std::io::stdin().lock().bytes()) {
        match target.publish(&batch(number * 2..number * 2 + 2)) {
            outcome if outcome == delivered(0) => {}
            outcome => {
                eprintln!("{}", unavailable(outcome).0);
                break;
            }
        }
    }
    // The harness would print its verdict.
    std::process::exit(0);
}

fn child() -> (Child, BufReader<std::process::ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "stdout::publishing_child", "--nocapture", "--test-threads=2"])
        .env(CHILD, "1")
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
    (child, stdout)
}

#[test]
fn lines_are_envelopes() {
    let (mut child, mut stdout) = child();
    child.stdin.take().unwrap().write_all(b"..").unwrap();
    let mut text = String::new();
    stdout.read_to_string(&mut text).unwrap();
    let lines: String = (0..4).map(|seq| message(seq).envelope + "\n").collect();
    assert_eq!(text, lines);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_is_unavailable() {
    let (mut child, mut stdout) = child();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b".").unwrap();
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    drop(stdout);
    stdin.write_all(b".").unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{} {said}", output.status);
    assert!(said.starts_with("cannot write to the standard output: Broken pipe"), "{said}");
    assert!(said.ends_with("help: its reader has ended; start both again, nothing is lost\n"));
}
