//! A full disk, played by a limit on the size of files: the shell sets it for a child that is this
//! test again.

use crate::messages::{Directory, delivered, publish, unavailable};
use crate::{ids, ids_of, open};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const DIRECTORY: &str = "EVENT_RELAY_FULL_DIRECTORY";

/// Not a test: what the one below starts under a limit.
#[test]
fn limited_child() {
    let Ok(directory) = std::env::var(DIRECTORY) else { return };
    let path = Path::new(&directory).join("events.ndjson");
    let target = open(&path);
    let mut last = 0;
    let reason = loop {
        match publish(&target, last + 1..=last + 3) {
            outcome if outcome == delivered(0) => last += 3,
            outcome => break unavailable(outcome).0,
        }
        assert!(last < 1_000, "there is a limit");
    };
    assert!(reason.starts_with("cannot write `"), "{reason}");
    assert!(reason.ends_with("the relay tries again by itself"), "{reason}");
    assert_eq!(ids(&path), ids_of(1..=last), "the batch is taken back as a whole");
    unavailable(publish(&target, last + 1..=last + 3));
    assert_eq!(ids(&path), ids_of(1..=last));

    // Another file makes room: the relay goes on by itself.
    fs::rename(&path, path.with_extension("1")).unwrap();
    assert_eq!(publish(&target, last + 1..=last + 3), delivered(0));
    assert_eq!(ids(&path), ids_of(last + 1..=last + 3));
    fs::write(Path::new(&directory).join("ran"), last.to_string()).unwrap();
}

#[test]
fn a_full_disk_leaves_whole_batches() {
    let directory = Directory::new();
    // Without the trap the signal ends the process; `ulimit -f` counts in 512 or 1024 bytes.
    let status = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 9; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "full::limited_child", "--nocapture"])
        .env(DIRECTORY, directory.path())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{status}");
    let written: i64 = fs::read_to_string(directory.join("ran")).unwrap().parse().unwrap();
    assert!(written >= 9, "{written}");
}
