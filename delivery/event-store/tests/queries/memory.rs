//! Memory does not grow with an answer, whichever driver reads it. Each is measured in a process of
//! its own.

use crate::store::Store;
use event_store::{StoredEntity, Timeline, postgres, sqlite, timeline};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::{env, fs};
use test_servers::Postgres;
use tokio::runtime::Runtime;

/// So many events, with envelopes of so many bytes.
const EVENTS: usize = 1_000;
const ENVELOPE: usize = 100_000;

/// How much more memory than before a driver may use, in kB: a third of the answer.
const LIMIT: u64 = 33_000;

/// The variables of a process that measures: what reads the answer, and the database.
const DRIVER: &str = "EVENT_STORE_TEST_DRIVER";
const DATABASE: &str = "EVENT_STORE_TEST_DATABASE";

#[test]
fn memory_does_not_grow_with_an_answer() {
    if let (Ok(driver), Ok(database)) = (env::var(DRIVER), env::var(DATABASE)) {
        println!("grown: {}", grown(&driver, &database));
        return;
    }
    if !Path::new("/proc/self/status").exists() {
        eprintln!("left out: the system does not say how much memory a process has used");
        return;
    }
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("event-store-memory.db");
    let _ = fs::remove_file(&file);
    let file = file.display().to_string();
    fill(&Store::sqlite_at(&file));
    let mut cases = vec![("rusqlite", file.clone()), ("rusqlite, all", file.clone())];
    let mut pools = vec![("sqlx-sqlite", format!("sqlite:{file}"))];
    if let Some(server) = Postgres::shared() {
        let url = server.database("memory");
        fill(&Store::postgres_at(&url));
        cases.push(("tokio-postgres", url.clone()));
        pools.push(("sqlx-postgres", url));
    }
    if cfg!(all(feature = "sqlx-sqlite", feature = "sqlx-postgres")) {
        cases.extend(pools);
    }
    for (driver, database) in cases {
        let grown = measured(driver, &database);
        // What holds the whole answer is found.
        assert_eq!(grown < LIMIT, driver != "rusqlite, all", "{driver}: {grown} kB");
    }
}

fn fill(store: &Store) {
    store.sql("BEGIN");
    for number in 0..EVENTS {
        store.sql(&format!(
            "INSERT INTO domain_events (event_id, event_type, event_version, entity_type, \
             entity_id, occurred_at, recorded_at, envelope) VALUES \
             ('019cebab-8995-7cb0-9b1f-{number:012x}', 'order.payment.started', 1, 'order', 'o', \
             '2026-03-14T09:26:53.589793Z', '2026-03-14T09:26:53.589793Z', '{{\"pad\":\"{}\"}}')",
            "x".repeat(ENVELOPE)
        ));
    }
    store.sql("COMMIT");
}

/// What a process measures.
fn measured(driver: &str, database: &str) -> u64 {
    let child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "memory::memory_does_not_grow_with_an_answer", "--nocapture"])
        .envs([(DRIVER, driver), (DATABASE, database)])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&child.stdout).into_owned();
    let grown = text.lines().find_map(|line| line.split_once("grown: ")?.1.parse().ok());
    grown.unwrap_or_else(|| panic!("{driver}: {text}{}", String::from_utf8_lossy(&child.stderr)))
}

/// By how much the most memory that this process has used grows with the answer, in kB.
fn grown(driver: &str, database: &str) -> u64 {
    let query = timeline(StoredEntity::new("order", "o"), |_| Ok(()));
    let (before, mut read) = (peak(), 0);
    match driver {
        "rusqlite" => {
            let connection = rusqlite::Connection::open(database).unwrap();
            let asked = sqlite::each(&connection, &query, |event| {
                read += event.envelope.len();
                ControlFlow::Continue(())
            });
            asked.unwrap();
        }
        "rusqlite, all" => {
            let connection = rusqlite::Connection::open(database).unwrap();
            let events = sqlite::all(&connection, &query).unwrap();
            read = events.iter().map(|event| event.envelope.len()).sum();
        }
        "tokio-postgres" => Runtime::new().unwrap().block_on(async {
            let connected = tokio_postgres::connect(database, tokio_postgres::NoTls).await;
            let (client, connection) = connected.unwrap();
            tokio::spawn(connection);
            let mut answer = postgres::stream(&client, query).await.unwrap();
            while let Some(event) = answer.next().await {
                read += event.unwrap().envelope.len();
            }
        }),
        _ => read = read_by_sqlx(driver, database, query),
    }
    assert!(read >= EVENTS * ENVELOPE, "{read} bytes");
    peak() - before
}

#[cfg(all(feature = "sqlx-sqlite", feature = "sqlx-postgres"))]
fn read_by_sqlx(driver: &str, database: &str, query: Timeline<()>) -> usize {
    use event_store::pool;
    let mut read = 0;
    Runtime::new().unwrap().block_on(async {
        let sqlite = sqlx::SqlitePool::connect_lazy(database);
        let server = sqlx::PgPool::connect_lazy(database);
        if driver == "sqlx-sqlite" {
            let mut answer = pool::stream(sqlite.as_ref().unwrap(), query);
            while let Some(event) = answer.next().await {
                read += event.unwrap().envelope.len();
            }
        } else {
            let mut answer = pool::stream(server.as_ref().unwrap(), query);
            while let Some(event) = answer.next().await {
                read += event.unwrap().envelope.len();
            }
        }
    });
    read
}

#[cfg(not(all(feature = "sqlx-sqlite", feature = "sqlx-postgres")))]
fn read_by_sqlx(driver: &str, _: &str, _: Timeline<()>) -> usize {
    panic!("`{driver}` needs the features of sqlx")
}

/// The most memory that this process has used, in kB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}
