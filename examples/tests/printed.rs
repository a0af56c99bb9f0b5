//! What two examples print, in every run: `delivery` of a shop's orders and their events, `evolve`
//! of what the command says of a lock, a break and a mend.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p examples` writes `tests/delivery.txt` and `tests/evolve.txt`.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// Fails if a program does not print its snapshot.
fn prints(program: &str, snapshot: &str) {
    let mut program = Command::new(program);
    program.current_dir(env!("CARGO_TARGET_TMPDIR"));
    // What another surrounding would print is no part of the example.
    let output = program.env("CI", "true").env("GITHUB_ACTIONS", "true").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let printed = String::from_utf8(output.stdout).unwrap();
    let snapshot = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(snapshot);
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&snapshot, &printed).unwrap();
    }
    assert_eq!(printed, fs::read_to_string(snapshot).unwrap());
}

#[test]
fn the_events_of_a_shop_are_delivered() {
    prints(env!("CARGO_BIN_EXE_delivery"), "delivery.txt");
}

#[test]
fn an_event_is_locked_broken_and_mended() {
    prints(env!("CARGO_BIN_EXE_evolve"), "evolve.txt");
}
