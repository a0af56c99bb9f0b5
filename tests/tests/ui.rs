//! What must not build: one mistake per file, and the message that was read and found good.
//!
//! The messages were read on one version of rustc. On another one this test fails, and says so: a
//! skipped test proves nothing.

use std::process::Command;

/// The rustc whose messages the `.stderr` files hold. To change it: change it here, run with
/// `TRYBUILD=overwrite`, and read the difference.
const RUSTC: &str = "1.95";

#[test]
fn mistakes_do_not_build_and_say_why() {
    assert_rustc();
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*/*.rs");
}

fn assert_rustc() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let is_read =
        version.strip_prefix("rustc ").is_some_and(|rest| rest.starts_with(&format!("{RUSTC}.")));
    assert!(
        is_read && !version.contains("-beta") && !version.contains("-nightly"),
        "the messages under tests/ui were read on rustc {RUSTC} (stable), this is `{version}`: \
         install that toolchain, or change `RUSTC` in tests/tests/ui.rs, run with \
         `TRYBUILD=overwrite`, and read what changed"
    );
}
