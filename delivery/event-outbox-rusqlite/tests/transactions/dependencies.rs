//! A service that emits compiles no driver that it does not use, and no asynchronous runtime.

use std::process::Command;

/// The names of what a package compiles, by `cargo tree`.
fn tree(package: &str) -> Vec<String> {
    let output = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
        .args(["tree", "--offline", "--edges", "normal,build", "--prefix", "none"])
        .args(["--format", "{p}", "--package", package])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().filter_map(|line| Some(line.split_once(' ')?.0.to_owned())).collect()
}

fn with<'a>(names: &'a [String], parts: &[&str]) -> Vec<&'a String> {
    names.iter().filter(|name| parts.iter().any(|part| name.contains(part))).collect()
}

const ASYNCHRONOUS: [&str; 6] = ["tokio", "async", "futures", "mio", "smol", "polling"];
const DRIVERS: [&str; 5] = ["sql", "postgres", "diesel", "sea-orm", "odbc"];

#[test]
fn the_outbox_has_no_driver_and_no_runtime() {
    let names = tree("event-outbox");
    assert!(names.contains(&"event-core".to_owned()), "{names:?}");
    assert_eq!(with(&names, &DRIVERS), Vec::<&String>::new());
    assert_eq!(with(&names, &ASYNCHRONOUS), Vec::<&String>::new());
}

#[test]
fn the_adapter_has_one_driver_and_no_runtime() {
    let names = tree("event-outbox-rusqlite");
    let mut drivers = with(&names, &DRIVERS);
    drivers.sort();
    drivers.dedup();
    assert_eq!(drivers, ["event-outbox-rusqlite", "libsqlite3-sys", "rusqlite"]);
    assert_eq!(with(&names, &ASYNCHRONOUS), Vec::<&String>::new());
}
