//! An outbox on a server, and the command as a process.

use event_relay::database::DatabaseLocation;
use event_relay::source::{Lease, OnPoison, OutboxSource};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use test_servers::Postgres;

/// A directory, which is removed when the test ends.
pub struct Directory(PathBuf);

impl Directory {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("relay-database-{}-{number}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        fs::create_dir_all(&directory).unwrap();
        Self(directory)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    /// Runs `event-relay` here: its exit code, and what it prints.
    pub fn run(&self, words: &str, variables: &[(&str, &str)]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_event-relay"));
        command.args(words.split_whitespace()).current_dir(&self.0).stdin(Stdio::null());
        command.env_remove("EVENTS_RELAY_CONFIG").env("USER", "ada");
        let output = command.envs(variables.iter().copied()).output().unwrap();
        let printed = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap(), String::from_utf8(printed).unwrap())
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A new database with the outbox's tables. Returns its URL.
pub fn outbox(server: &Postgres) -> String {
    let url = server.database("outbox");
    server.sql(&url, &event_outbox::sql::postgres::script());
    url
}

/// Inserts events, each of an entity of its own.
pub fn insert(server: &Postgres, url: &str, events: u32) {
    let sql = format!(
        "INSERT INTO domain_events (event_id, event_type, event_version, entity_type, entity_id,
            occurred_at, recorded_at, envelope)
        SELECT gen_random_uuid(), 'order.created', 1, 'order', n::text, now(), now(),
            '{{\"event_type\":\"order.created\",\"event_version\":1}}'
        FROM generate_series(1, {events}) AS n"
    );
    server.sql(url, &sql);
}

/// The outbox as a relay reads it.
pub fn source(url: &str) -> OutboxSource {
    let location = DatabaseLocation::postgres(url).unwrap();
    OutboxSource::open(&location, "archive", OnPoison::default(), Lease::new("test")).unwrap()
}
