//! A service compiles the driver that it uses, and no other one.

use std::process::Command;

/// The names of what a package compiles, by `cargo tree`, that have one of the parts.
fn tree(package: &str, parts: &[&str]) -> Vec<String> {
    let output = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
        .args(["tree", "--offline", "--edges", "normal,build", "--prefix", "none"])
        .args(["--format", "{p}", "--package", package])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let names = lines.lines().filter_map(|line| Some(line.split_once(' ')?.0.to_owned()));
    let mut found: Vec<String> =
        names.filter(|name| parts.iter().any(|part| name.contains(part))).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn the_adapter_has_one_driver_and_no_tls() {
    let drivers = tree("event-outbox-tokio-postgres", &["sql", "postgres", "diesel", "sea-orm"]);
    assert_eq!(
        drivers,
        ["event-outbox-tokio-postgres", "postgres-protocol", "postgres-types", "tokio-postgres"]
    );
    let tls = tree("event-outbox-tokio-postgres", &["tls", "openssl", "aws-lc"]);
    assert!(tls.is_empty(), "{tls:?}");
}
