//! The SQL for PostgreSQL 13 and later.
//!
//! The names have no schema: the connection's `search_path` decides where the tables are. A
//! transaction may have any isolation level.

use crate::migration::MigrationStep;

/// The versions of the tables.
pub const MIGRATIONS: &[MigrationStep] = &[
    MigrationStep {
        version: 1,
        name: "events, delivery and inbox",
        sql: concat!(include_str!("0001_events.sql"), "\n", include_str!("0001_delivery.sql")),
    },
    MigrationStep { version: 2, name: "leases of relays", sql: include_str!("0002.sql") },
];

/// The grants of each part, if it has a role of its own: `application`, `relay` and `purge` are the
/// names of the roles. A trigger refuses `UPDATE` and `TRUNCATE` of events to all roles.
///
/// ```sql
#[doc = include_str!("roles.sql")]
/// ```
pub const ROLES: &str = include_str!("roles.sql");

/// The table of the migrations that are done. It is made before all others.
///
/// Two programs that run it at once may both find no table, and one of them then fails. Take a lock
/// first: see [`LOCK`].
pub const SCHEMA_TABLE: &str = "CREATE TABLE IF NOT EXISTS outbox_schema (
    version bigint PRIMARY KEY,
    name text NOT NULL,
    migrated_at timestamptz NOT NULL
);
";

/// Waits for another program's migration of this database. The lock is held until the end of the
/// transaction. Its number has no meaning; it is the same in all versions.
pub const LOCK: &str = "SELECT pg_advisory_xact_lock(7308324466019885167)";

/// Selects whether there is a table `outbox_schema`.
///
/// It reads the catalog. `to_regclass` answers from a cache: a session that has found no table, and
/// then waits for [`LOCK`], would still find none after another program has made it.
pub const HAS_SCHEMA_TABLE: &str = "SELECT EXISTS (SELECT FROM pg_catalog.pg_class
    WHERE relname = 'outbox_schema' AND pg_catalog.pg_table_is_visible(oid))";

/// Adds a migration to `outbox_schema`. The parameters are the version and the name.
pub const MIGRATED: &str = "INSERT INTO outbox_schema (version, name, migrated_at)
VALUES ($1, $2, now())";

/// Selects the version of the tables as a `bigint`, from a table `outbox_schema` that exists.
pub const VERSION: &str = "SELECT coalesce(max(version), 0) FROM outbox_schema";

/// Makes the tables from nothing: all steps, and their rows in `outbox_schema`, by which
/// `event-relay` knows the version. For a migration tool of your own; run it in a transaction.
pub fn script() -> String {
    super::script(SCHEMA_TABLE, MIGRATIONS, "now()")
}

/// Lets a relay deliver the events of another library's table: the first part of
/// [`other_table_script`]. Its owner changes the name of the table and the columns, which are those
/// of a table `outbox` that Debezium's outbox event router reads.
///
/// A trigger gives each row of the table a place, in a table `outbox_place`. `domain_events` is a
/// view of the places and the rows, with the columns of the table of that name.
pub const OTHER_TABLE: &str = include_str!("other_table.sql");

/// As [`script`], but the events are those of another library's table: [`OTHER_TABLE`], and the
/// tables of delivery. It is one transaction.
///
/// A migration of these tables is as of others: no step after the first changes the events.
pub fn other_table_script() -> String {
    let delivery = include_str!("0001_delivery.sql");
    let steps: Vec<MigrationStep> = MIGRATIONS
        .iter()
        .map(
            |step| if step.version == 1 { MigrationStep { sql: delivery, ..*step } } else { *step },
        )
        .collect();
    format!("{OTHER_TABLE}\n{}\nCOMMIT;\n", super::script(SCHEMA_TABLE, &steps, "now()"))
}

/// Inserts the rows of a transaction. The parameters are arrays, one for each of
/// [`OutboxRow::COLUMNS`](crate::OutboxRow::COLUMNS) and in that order, with an element for each
/// row: [`arrays`](crate::arrays) makes them. They are of the types `bigint[]` and `text[]`, which
/// every driver can bind. The rows get their `seq` in the order of the arrays.
///
/// A row whose deduplication key is in the table is left out. Returns the ids of the events that
/// are written.
///
/// It takes the id of the transaction before any `seq`, as the default of the column `txid` does:
/// also in a table whose columns are in another order.
pub const INSERT: &str = "INSERT INTO domain_events (
    txid, event_id, event_type, event_version, entity_type, entity_id, entity_version, occurred_at,
    recorded_at, trace_id, span_id, correlation_id, deduplication_key, retain_until, envelope
)
SELECT
    pg_current_xact_id(), event_id, event_type, event_version, entity_type, entity_id,
    entity_version, occurred_at, recorded_at, trace_id, span_id, correlation_id,
    deduplication_key, retain_until, envelope::json
FROM unnest(
    $1::text[]::uuid[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[],
    $7::text[]::timestamptz[], $8::text[]::timestamptz[], $9::text[], $10::text[], $11::text[],
    $12::text[], $13::text[]::timestamptz[], $14::text[]
) WITH ORDINALITY AS event (
    event_id, event_type, event_version, entity_type, entity_id, entity_version, occurred_at,
    recorded_at, trace_id, span_id, correlation_id, deduplication_key, retain_until, envelope, place
)
ORDER BY place
ON CONFLICT (deduplication_key) WHERE deduplication_key IS NOT NULL DO NOTHING
RETURNING event_id";

/// Marks a message as seen by a consumer. The parameters are the consumer, the source, the id of
/// the message, and the time. Changes 0 rows if the consumer has seen the message.
pub const INBOX_ONCE: &str = "INSERT INTO inbox_seen (consumer, source, event_id, seen_at)
VALUES ($1, $2, $3::text::uuid, $4::text::timestamptz) ON CONFLICT DO NOTHING";

/// Forgets the messages that were seen before a time, which is the parameter.
pub const INBOX_PURGE: &str = "DELETE FROM inbox_seen WHERE seen_at < $1::text::timestamptz";

/// What to do about an error, by its `SQLSTATE` ([PostgreSQL's list][codes]). `None` if the message
/// of PostgreSQL says it.
///
/// [codes]: https://www.postgresql.org/docs/current/errcodes-appendix.html
pub fn help(sqlstate: &str, message: &str) -> Option<&'static str> {
    Some(match sqlstate {
        "42P01" if OWN_TABLES.iter().any(|table| message.contains(table)) => {
            "make the outbox's tables with `migrate`, and check the `search_path` of the connection"
        }
        "42501" if OWN_TABLES.iter().any(|table| message.contains(table)) => {
            "grant the role of the connection what `event_outbox::sql::postgres::ROLES` lists"
        }
        "25P02" => "a statement before has failed: return the first error of a transaction",
        "25006" => "connect to the primary: this server or this transaction is read-only",
        "40001" | "40P01" => "run the transaction again: another one was in its way",
        "53100" => "make room on the disk of the database, and try again",
        _ => return None,
    })
}

/// The tables whose absence and whose grants are the outbox's.
const OWN_TABLES: [&str; 3] = ["domain_events", "inbox_seen", "outbox_schema"];
