//! What is read, from the file and from variables.

use crate::{environment, read};
use event_core::Level;
use event_grammar::lock::Lock;
use event_relay::Retired;
use event_relay::config::{Config, HttpMode, Listen, LockChoice, TargetKind, TargetName, check};
use event_relay::source::{Lease, OnPoison};
use std::num::NonZeroU32;
use std::path::Path;
use std::time::Duration;

/// The example of the module's documentation.
fn documented() -> String {
    let source = include_str!("../../src/config/mod.rs");
    let (_, rest) = source.split_once("//! ```toml\n").expect("it has an example");
    let (example, _) = rest.split_once("//! ```\n").expect("the example ends");
    let lines = example.lines().map(|line| line.trim_start_matches("//!").trim_start());
    lines.collect::<Vec<_>>().join("\n")
}

const TOKEN: (&str, &str) = ("BILLING_TOKEN", "t0ken");

#[test]
fn the_documented_example_is_read() {
    let config = read(&documented(), &[TOKEN]).expect("it is valid");
    assert!(
        config.database.file().is_some_and(|path| path.ends_with("tests/config/shop.db")),
        "{config:?}"
    );
    let LockChoice::File(lock) = &config.lock else { panic!("it names a lock") };
    assert!(lock.ends_with("../shop-events/events.lock"), "{lock:?}");
    assert_eq!(config.retired, Retired::Send);
    let address = "127.0.0.1:9464".parse().expect("it is an address");
    let max_backlog = NonZeroU32::new(100_000);
    assert_eq!(
        config.listen,
        Some(Listen { address, max_lag: Duration::from_secs(300), max_backlog })
    );
    assert_eq!((config.lease().relay(), config.lease().lasts()), ("shop-1", Lease::DEFAULT));
    assert_eq!(config.retention.keep, Some(Duration::from_secs(30 * 86_400)));
    assert_eq!(config.log_level, Level::Info);
    let names: Vec<&str> = config.targets.iter().map(|target| target.name.as_str()).collect();
    assert_eq!(names, ["archive", "billing"]);
    let TargetKind::Http(http) = &config.targets[1].kind else { panic!("it is HTTP") };
    let HttpMode::Batch { events, bytes } = http.mode else { panic!("it is a batch") };
    assert_eq!((events.get(), bytes.get()), (100, 1 << 20));
    assert_eq!((http.timeout, http.in_flight.get()), (Duration::from_secs(10), 8));
}

const LEAST: &str = r#"
database = "shop.db"
lock = "none"
[targets.web]
type = "http"
url = "http://[::1]:80/"
"#;

#[test]
fn what_is_left_out_has_a_default() {
    let config = read(LEAST, &[]).expect("it is valid");
    let lease = config.lease();
    assert!(lease.relay().ends_with("tests/config/relay.toml"), "{lease:?}");
    assert!(lease.relay().contains(":/"), "the host and a path from the root: {lease:?}");
    assert_eq!(lease.lasts(), Lease::DEFAULT);
    assert_eq!((config.lock, config.listen), (LockChoice::Unchecked, None));
    assert_eq!(config.retention.keep, None);
    let target = &config.targets[0];
    assert_eq!((target.attempts.get(), target.on_poison), (10, OnPoison::BlockEntity));
    let TargetKind::Http(http) = &target.kind else { panic!("it is HTTP") };
    assert_eq!(http.mode, HttpMode::Structured);
    assert!(http.auth.is_none() && http.headers.is_empty() && http.ca_file.is_none());
}

#[test]
fn variables_override_the_file() {
    let variables = [
        TOKEN,
        ("EVENTS_RELAY_CONFIG", "ignored: a path was given"),
        ("EVENTS_RELAY_DATABASE", "/srv/other.db"),
        ("EVENTS_RELAY_LISTEN__ADDRESS", "0.0.0.0:80"),
        ("EVENTS_RELAY_TARGETS__BILLING__URL", "https://other.internal/"),
        ("EVENTS_RELAY_TARGETS__BILLING__IN_FLIGHT", "3"),
        ("EVENTS_RELAY_TARGETS__BILLING__BATCH__EVENTS", "5"),
        ("EVENTS_RELAY_TARGETS__BILLING__HEADERS__X_TENANT", "other"),
        ("EVENTS_RELAY_TARGETS__ARCHIVE__ON_POISON", "skip"),
    ];
    let config = read(&documented(), &variables).expect("it is valid");
    assert_eq!(config.database.file(), Some(Path::new("/srv/other.db")));
    assert_eq!(config.listen.map(|listen| listen.address.port()), Some(80));
    assert_eq!(config.targets[0].on_poison, OnPoison::Skip);
    let TargetKind::Http(http) = &config.targets[1].kind else { panic!("it is HTTP") };
    assert_eq!(http.url.to_string(), "https://other.internal/");
    assert_eq!(http.in_flight.get(), 3);
    assert!(matches!(http.mode, HttpMode::Batch { events, .. } if events.get() == 5));
    assert_eq!(http.headers[0].1.expose(), "other");
}

#[test]
fn a_variable_opens_a_table_that_the_file_does_not_have() {
    let variables = [
        TOKEN,
        ("EVENTS_RELAY_LISTEN__MAX_LAG", "1h"),
        ("EVENTS_RELAY_TARGETS__WEB__AUTH__BEARER", "env:BILLING_TOKEN"),
    ];
    let config = read(LEAST, &variables).expect("it is valid");
    let listen = config.listen.expect("the variable opens it");
    assert_eq!((listen.address.port(), listen.max_lag), (9464, Duration::from_secs(3_600)));
    assert_eq!(listen.max_backlog, None);
    let TargetKind::Http(http) = &config.targets[0].kind else { panic!("it is HTTP") };
    assert!(http.auth.is_some());
}

#[test]
fn names_of_targets() {
    let longest = "a".repeat(64);
    for name in ["a", "billing-2_b", longest.as_str()] {
        assert_eq!(TargetName::new(name).map(|name| name.to_string()).as_deref(), Some(name));
    }
    for name in ["", "A", "a.b", "a b", "é", &"a".repeat(65)] {
        assert_eq!(TargetName::new(name), None, "{name}");
    }
}

#[test]
fn a_file_that_is_not_there_is_an_error_with_help() {
    let missing = Path::new("/nowhere/relay.toml");
    let named = environment(&[("EVENTS_RELAY_CONFIG", "/nowhere/named.toml")]);
    for (path, variables, start) in [
        (Some(missing), named.clone(), "/nowhere/relay.toml: the configuration cannot be read: "),
        (None, named, "/nowhere/named.toml: the configuration cannot be read: "),
        (None, environment(&[]), "event-relay.toml: the configuration cannot be read: "),
    ] {
        let error = Config::load(path, variables.into_iter()).expect_err("it is not there");
        assert!(error.to_string().starts_with(start), "{error}");
        assert_eq!(error.to_string().contains("EVENTS_RELAY_CONFIG"), start.starts_with("event"));
    }
}

#[test]
fn check_names_the_files_that_are_not_there() {
    let directory = std::env::temp_dir().join(format!("event-relay-check-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("it can be made");
    let file = directory.join("relay.toml");
    std::fs::write(&file, documented()).expect("it can be written");
    let answer = check(Some(&file), environment(&[TOKEN]).into_iter());
    std::fs::remove_dir_all(&directory).expect("it can be removed");
    let error = answer.expect_err("three files are not there").to_string();
    for missing in ["the database ", "the lock ", "the certificate "] {
        assert!(error.contains(missing), "{error}");
    }
}

#[test]
fn check_shows_what_would_run() {
    let directory = std::env::temp_dir().join(format!("event-relay-table-{}", std::process::id()));
    std::fs::create_dir_all(directory.join("shop-events")).expect("it can be made");
    let text = documented().replace("../shop-events", "shop-events");
    let lock = Lock::new("shop").render();
    let lock = ("shop-events/events.lock", &*lock);
    for (name, text) in [("relay.toml", &*text), ("shop.db", ""), ("ca.pem", ""), lock] {
        std::fs::write(directory.join(name), text).expect("it can be written");
    }
    let answer = check(Some(&directory.join("relay.toml")), environment(&[TOKEN]).into_iter());
    std::fs::remove_dir_all(&directory).expect("it can be removed");
    let here = directory.display().to_string() + "/";
    let table = answer.expect("all files are there").replace(&here, "");
    assert_eq!(table, include_str!("table.txt"));
}

#[test]
fn a_damaged_file_is_an_error_or_a_configuration() {
    let text = documented();
    let (mut good, mut wrong) = (0, 0);
    for (at, c) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        for damaged in [before.to_owned(), format!("{before}{after}"), format!("{before}]é{after}")]
        {
            match read(&damaged, &[TOKEN]) {
                Ok(_) => good += 1,
                Err(error) => {
                    assert!(error.to_string().contains("relay.toml"), "{error}");
                    wrong += 1;
                }
            }
        }
    }
    assert!(good > 500 && wrong > 500, "{good} are read, {wrong} refused");
}

#[test]
fn a_deep_file_is_an_error() {
    let deep = 100_000;
    for text in [
        format!("a = {}", "[".repeat(deep)),
        format!("a = {}", "{a=".repeat(deep)),
        format!("{}a = 1", "a.".repeat(deep)),
        format!("[{}a]", "a.".repeat(deep)),
        format!("[targets.web.auth{}]", ".basic".repeat(deep)),
    ] {
        read(&text, &[]).expect_err("it is no configuration");
    }
}

#[cfg(not(feature = "postgres"))]
#[test]
fn without_the_feature_a_url_of_postgresql_is_refused() {
    let text = "database = \"postgres://u@db.internal/shop\"\nlock = \"none\"\n[targets.a]\n\
                type = \"stdout\"\n";
    let error = read(text, &[]).unwrap_err().to_string();
    let said = "`database` is in PostgreSQL, and this event-relay is built without it\n  help: \
                build it with the feature";
    assert!(error.contains(said), "{error}");
    let command = "`cargo install --path delivery/event-relay --features https,postgres`";
    assert!(!cfg!(feature = "https") || error.contains(command), "{error}");
}
