//! The SQL for SQLite 3.37 and later (tables are `STRICT`).
//!
//! Open transactions with `BEGIN IMMEDIATE`: a transaction that reads first and writes later fails
//! with `SQLITE_BUSY` if another one has written between the two. SQLite has one writer at a time,
//! so the order of `seq` is the order of commits.

use crate::migration::MigrationStep;

/// The versions of the tables.
pub const MIGRATIONS: &[MigrationStep] = &[
    MigrationStep { version: 1, name: "events, delivery and inbox", sql: include_str!("0001.sql") },
    MigrationStep { version: 2, name: "leases of relays", sql: include_str!("0002.sql") },
];

/// The table of the migrations that are done. It is made before all others.
pub const SCHEMA_TABLE: &str = "CREATE TABLE IF NOT EXISTS outbox_schema (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    migrated_at TEXT NOT NULL
) STRICT;
";

/// Selects whether there is a table `outbox_schema`.
pub const HAS_SCHEMA_TABLE: &str = "SELECT EXISTS (
    SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'outbox_schema'
)";

/// Adds a migration to `outbox_schema`. The parameters are the version and the name.
pub const MIGRATED: &str = "INSERT INTO outbox_schema (version, name, migrated_at)
VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))";

/// Selects the version of the tables, from a table `outbox_schema` that exists.
pub const VERSION: &str = "SELECT coalesce(max(version), 0) FROM outbox_schema";

/// Makes the tables from nothing: all steps, and their rows in `outbox_schema`, by which
/// `event-relay` knows the version. For a migration tool of your own; run it in a transaction.
pub fn script() -> String {
    super::script(SCHEMA_TABLE, MIGRATIONS, "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')")
}

/// Inserts a row. The parameters are [`OutboxRow::values`](crate::OutboxRow::values), in that
/// order. A row whose deduplication key is in the table is left out: the statement then changes 0
/// rows.
pub const INSERT: &str = "INSERT INTO domain_events (
    event_id, event_type, event_version, entity_type, entity_id, entity_version, occurred_at,
    recorded_at, trace_id, span_id, correlation_id, deduplication_key, retain_until, envelope
) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
ON CONFLICT (deduplication_key) WHERE deduplication_key IS NOT NULL DO NOTHING";

/// Marks a message as seen by a consumer. The parameters are the consumer, the source, the id of
/// the message, and the time. Changes 0 rows if the consumer has seen the message.
pub const INBOX_ONCE: &str = "INSERT INTO inbox_seen (consumer, source, event_id, seen_at)
VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";

/// Forgets the messages that were seen before a time, which is the parameter.
pub const INBOX_PURGE: &str = "DELETE FROM inbox_seen WHERE seen_at < ?1";

/// What to do about an error, by its primary [result code][codes] and its message. `None` if the
/// message says it.
///
/// [codes]: https://www.sqlite.org/rescode.html
pub fn help(code: i32, message: &str) -> Option<&'static str> {
    let is_own = |table: &str| message.contains(&format!("table: {table}"));
    if ["domain_events", "inbox_seen"].into_iter().any(is_own) {
        return Some("make the outbox's tables with `migrate`");
    }
    Some(match code {
        BUSY | LOCKED => {
            "another connection is writing: make its transaction shorter, or raise `busy_timeout`"
        }
        FULL => "make room on the disk of the database, and try again",
        READONLY | CANTOPEN => {
            "let this process write the database's file and its directory, where the journal is"
        }
        NOTADB => "check the path: it is a file of another kind, or encrypted",
        CORRUPT => {
            "stop all writers, and restore a backup or run `.recover` of the `sqlite3` command"
        }
        IOERR => "check the disk of the database: its room, limits and health",
        _ => return None,
    })
}

const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READONLY: i32 = 8;
const IOERR: i32 = 10;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const CANTOPEN: i32 = 14;
const NOTADB: i32 = 26;
