//! What a catalog's own tests ask of its lock.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "a test")]

mod fixture;

use event_cli::{Env, testing};
use event_core::{Str, catalog, events};
use fixture::{Temp, run_with};
use std::fs;
use std::panic::catch_unwind;

events!(
    #[domain]
    pub enum Order {
        Create,
    }

    #[event(info, version = 2, upcast = auto)]
    pub struct OrderCreateCompleted<'a> {
        #[entity]
        pub order_id: Str<'a>,
        pub lines: Option<u32>,
        pub coupon: Option<Str<'a>>,
    }

    #[event(info)]
    pub struct OrderCreateCompletedV1<'a> {
        #[entity]
        pub order_id: Str<'a>,
        pub lines: u32,
    }
);

catalog!(
    pub enum ShopEvent {
        Order(Order),
    }
);

mod generated {
    event_cli::lock_tests!(super::ShopEvent, super::CATALOG);
}

fn reemit(line: &str) -> Result<String, String> {
    let event = ShopEvent::decode(line).map_err(|error| error.to_string())?;
    testing::line(|buffer| event.emit_to(buffer))
}

fn locked(name: &str) -> Temp {
    let directory = Temp::new(name);
    fs::write(directory.join("Cargo.toml"), "[package]\nname = \"shop\"\n").unwrap();
    let variables =
        [("CARGO_MANIFEST_DIR".to_owned(), directory.path().to_str().unwrap().to_owned())].into();
    let env = Env { directory: directory.path().to_owned(), variables, ..Env::default() };
    let ran = run_with(&env, &CATALOG, &["lock"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    directory
}

/// What a check that fails says.
fn message(check: impl FnOnce() + std::panic::UnwindSafe) -> String {
    *catch_unwind(check).unwrap_err().downcast::<String>().unwrap()
}

#[test]
fn what_is_as_it_was_locked_passes() {
    let directory = locked("lock-tests-pass");
    let path = directory.path().to_str().unwrap();
    testing::assert_recorded(&CATALOG, path);
    testing::assert_read(&CATALOG, path, reemit);
}

#[test]
fn what_is_damaged_or_not_read_any_more_fails() {
    let directory = locked("lock-tests-fail");
    let path = directory.path().to_str().unwrap().to_owned();
    let refuses = |line: &str| {
        if line.contains("\"version\":1") { Err("missing `x`".to_owned()) } else { reemit(line) }
    };
    let told = message(|| testing::assert_read(&CATALOG, &path, refuses));
    assert!(
        told.starts_with(
            "a line of `order_create_completed` is not read as its newest version: missing `x`\n{"
        ),
        "{told}"
    );
    let loses = |line: &str| reemit(line).map(|line| line.replace("order_id", "order"));
    let told = message(|| testing::assert_read(&CATALOG, &path, loses));
    assert!(told.contains("`/required/") || told.contains("/additionalProperties"), "{told}");
    let samples = directory.join("events.lock.d/order_create_completed@1/samples.ndjson");
    fs::remove_file(samples).unwrap();
    let told = message(|| testing::assert_recorded(&CATALOG, &path));
    assert!(told.contains("samples.ndjson") && told.contains("-- check` shows details"), "{told}");
    let lock = fs::read_to_string(directory.join("events.lock")).unwrap();
    fs::write(directory.join("events.lock"), &lock[..lock.len() / 2]).unwrap();
    let told = message(|| testing::assert_recorded(&CATALOG, &path));
    assert!(told.contains("events.lock:") && told.contains("\nhelp: "), "{told}");
}
