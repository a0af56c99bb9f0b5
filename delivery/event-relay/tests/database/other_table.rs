//! The commands, with the events of another library's table.

use crate::outbox::Directory;
use event_outbox::sql::postgres::{ROLES, other_table_script};
use test_servers::Postgres;

const CONFIGURATION: &str = "
lock = \"none\"
[targets.archive]
type = \"file\"
path = \"events.ndjson\"
";

const MONTHS: &str = "CREATE TABLE outbox (id uuid DEFAULT gen_random_uuid(), aggregatetype text,
    aggregateid text, type text NOT NULL, payload json NOT NULL,
    created_at timestamptz NOT NULL, PRIMARY KEY (id, created_at)) PARTITION BY RANGE (created_at);
CREATE TABLE outbox_10 PARTITION OF outbox FOR VALUES FROM ('2026-10-01Z') TO ('2026-11-01Z');
CREATE TABLE outbox_11 PARTITION OF outbox FOR VALUES FROM ('2026-11-01Z') TO ('2026-12-01Z')";

/// Inserts a row of an order into a month.
fn insert(server: &Postgres, url: &str, order: &str, month: u32) {
    let sql = format!(
        "INSERT INTO outbox (aggregatetype, aggregateid, type, payload, created_at)
        VALUES ('order', '{order}', 'order.created', '{{}}', '2026-{month}-05Z')"
    );
    server.sql(url, &sql);
}

/// The relay of an outbox, as commands.
struct Relay {
    directory: Directory,
    url: String,
}

impl Relay {
    fn new(url: &str) -> Self {
        let directory = Directory::new();
        directory.write("event-relay.toml", CONFIGURATION);
        Self { directory, url: url.to_owned() }
    }

    #[track_caller]
    fn run(&self, words: &str, code: i32, said: &str) {
        let (ended, printed) = self.directory.run(words, &[("EVENTS_RELAY_DATABASE", &self.url)]);
        assert!(ended == code && printed.contains(said), "{words}: {ended}, {printed}");
    }

    /// How many events have arrived.
    fn sent(&self) -> usize {
        let path = self.directory.path().join("events.ndjson");
        std::fs::read_to_string(path).unwrap_or_default().lines().count()
    }
}

#[test]
fn the_script_is_printed_for_postgresql_only() {
    let directory = Directory::new();
    let (code, printed) = directory.run("migrate --print --other-table", &[]);
    assert_eq!(code, 0);
    assert!(printed.starts_with(&other_table_script()));
    assert!(printed.contains("\n-- GRANT SELECT ON domain_events, outbox_schema TO relay;\n"));
    let printed_again = "migrate --print --other-table --dialect postgres";
    assert_eq!(directory.run(printed_again, &[]), (0, printed));
    for words in [
        "migrate --print --other-table --dialect sqlite",
        "migrate --print --other-table --database shop.db",
    ] {
        let (code, printed) = directory.run(words, &[]);
        let said = "error: `--other-table` is for PostgreSQL: in SQLite, the relay reads its own \
                    table only\nhelp: add `--dialect postgres`\n";
        assert_eq!((code, printed.as_str()), (2, said), "{words}");
    }
    let (code, printed) = directory.run("migrate --other-table", &[]);
    assert!(code == 2 && printed.contains("--print"), "{printed}");
}

/// The grants of `ROLES` are enough, and a service needs none.
#[test]
fn every_command_serves_another_table() {
    let Some(server) = Postgres::start() else { return };
    let url = server.database("other");
    server.sql(&url, MONTHS);
    for order in ["o-1", "o-1", "o-2"] {
        insert(&server, &url, order, 10);
    }
    server.sql(&url, &other_table_script());
    server.sql(&url, "CREATE ROLE application; CREATE ROLE relay LOGIN; CREATE ROLE purge LOGIN");
    server.sql(&url, ROLES);
    server.sql(&url, "CREATE ROLE writer LOGIN; GRANT INSERT ON outbox TO writer");
    let role = |role: &str| url.replace("postgres@", &format!("{role}@"));
    for order in ["o-2", "o-3"] {
        insert(&server, &role("writer"), order, 11);
    }
    let relay = Relay::new(&role("relay"));
    relay.run("migrate", 0, "the tables have version 2; nothing was changed");
    relay.run("run --drain", 0, "");
    assert_eq!(relay.sent(), 5);
    relay.run("status", 0, "events 1 to 5");
    relay.run("lag", 0, "events=0");
    server.sql(
        &url,
        "INSERT INTO outbox_parked SELECT 'archive', seq, event_id, event_type, entity_type,
            entity_id, 'dead', 1, now(), now(), 'why' FROM domain_events WHERE seq IN (1, 2)",
    );
    relay.run("dead list", 0, "order.created@1");
    relay.run("dead requeue --target archive --seq 1", 0, "requeued 1 parked event");
    relay.run("dead skip --target archive --seq 2 --yes", 0, "skipped 1 event");
    relay.run("replay --target archive --from 2026-11-01 --yes", 0, "sends 2 events");
    relay.run("rewind --target archive --to-seq 3 --yes", 0, "from 5 to 3");
    relay.run("run --drain", 0, "");
    relay.run("status", 0, "events 1 to 5");
    relay.run("purge --keep 0d --yes", 101, "permission denied for view domain_events");

    let purge = Relay { url: role("purge"), ..relay };
    purge.run("purge --yes", 0, "purged 0 events");
    purge.run("purge --keep 0d --yes", 0, "purged 5 events");
    let left = "SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM outbox_place)";
    assert_eq!(server.sql(&url, left), "0|0");
    insert(&server, &url, "o-1", 11);
    purge.run("status", 0, "events 6 to 6");
}

/// A row that is gone before it is delivered holds nothing back, and is seen.
#[test]
fn rows_of_a_dropped_partition_are_dead() {
    let Some(server) = Postgres::shared() else { return };
    let url = server.database("dropped");
    server.sql(&url, MONTHS);
    server.sql(&url, &other_table_script());
    for (order, month) in [("o-1", 10), ("o-2", 10), ("o-1", 11)] {
        insert(server, &url, order, month);
    }
    server.sql(&url, "DROP TABLE outbox_10");
    let relay = Relay::new(&url);
    relay.run("run --drain", 0, "");
    assert_eq!(relay.sent(), 1);
    relay.run("dead list", 0, "the event is not in the outbox any more");
    relay.run("status", 100, "events 1 to 3");
    assert_eq!(server.sql(&url, "SELECT low_seq FROM outbox_cursor"), "3");
    // Not before a person has seen it.
    relay.run("purge --yes", 0, "purged 0 events");
    relay.run("dead requeue --target archive --seq 1", 0, "requeued 1 parked event");
    relay.run("run --drain", 0, "");
    relay.run("dead skip --target archive --seq 1 2 --yes", 0, "skipped 2 events");
    relay.run("status", 0, "");
    // What is gone after it was delivered is purged, whatever is kept.
    server.sql(&url, "DELETE FROM outbox");
    relay.run("purge --yes", 0, "purged 3 events");
    assert_eq!(server.sql(&url, "SELECT count(*) FROM outbox_place"), "0");
    assert_eq!(relay.sent(), 1);
}

/// Of the tables of version 1, with a view of the events.
#[test]
fn a_later_step_is_run_over_a_view() {
    let Some(server) = Postgres::shared() else { return };
    let url = server.database("older");
    server.sql(&url, MONTHS);
    server.sql(&url, &other_table_script());
    server.sql(
        &url,
        "ALTER TABLE outbox_cursor DROP COLUMN owner, DROP COLUMN lease_until;
        DELETE FROM outbox_schema WHERE version > 1",
    );
    insert(server, &url, "o-1", 11);
    let relay = Relay::new(&url);
    relay.run("status", 101, "its tables have version 1");
    relay.run("migrate", 0, "migrated the tables from version 1 to 2");
    relay.run("run --drain", 0, "");
    assert_eq!(relay.sent(), 1);
}
