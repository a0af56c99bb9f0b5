//! What `evolve` prints, in every run: what the command says of a lock, a break and a mend.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p examples --test evolve` writes `tests/evolve.txt`.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use std::process::Command;
use std::{env, fs};

const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/evolve.txt");

#[test]
fn an_event_is_locked_broken_and_mended() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_evolve"));
    // What another surrounding would print is no part of the example.
    let output = program.env("CI", "true").env("GITHUB_ACTIONS", "true").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let printed = String::from_utf8(output.stdout).unwrap();
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(SNAPSHOT, &printed).unwrap();
    }
    assert_eq!(printed, fs::read_to_string(SNAPSHOT).unwrap());
}
