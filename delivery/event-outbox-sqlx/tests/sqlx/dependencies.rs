//! A service compiles the driver that it uses, and no other one.

use std::process::Command;

/// The names of what the package compiles, by `cargo tree`.
fn tree(features: &str) -> Vec<String> {
    let output = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
        .args(["tree", "--offline", "--edges", "normal,build", "--prefix", "none"])
        .args(["--format", "{p}", "--package", "event-outbox-sqlx", "--features", features])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().filter_map(|line| Some(line.split_once(' ')?.0.to_owned())).collect()
}

fn has(names: &[String], parts: &[&str]) -> bool {
    names.iter().any(|name| parts.iter().any(|part| name.contains(part)))
}

#[test]
fn a_feature_is_a_driver_without_runtime_and_tls() {
    let (none, postgres, sqlite) = (tree(""), tree("postgres"), tree("sqlite"));
    assert!(!has(&none, &["sqlx-", "sqlite", "tokio"]), "{none:?}");
    assert!(has(&postgres, &["sqlx-postgres"]) && !has(&postgres, &["sqlite"]));
    assert!(has(&sqlite, &["sqlx-sqlite"]) && !has(&sqlite, &["sqlx-postgres", "rusqlite"]));
    for names in [postgres, sqlite] {
        assert!(!has(&names, &["native-tls", "rustls", "async-std", "smol"]), "{names:?}");
    }
}
