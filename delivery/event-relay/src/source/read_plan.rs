//! How PostgreSQL finds the events of a read.

use super::OnPoison;
use super::gap_reader::{GapReader, sql};
use super::held::Held;
use crate::database::{self, Access, Database, DatabaseLocation};
use event_outbox::sql::postgres::{other_table_script, script};
use test_servers::Postgres;

/// A scan of the whole table, or of all parked events, would take as long as they are many.
#[test]
fn each_table_is_read_by_an_index() {
    let Some(server) = Postgres::shared() else { return };
    let url = server.database("plan");
    server.sql(&url, &script());
    let location = DatabaseLocation::postgres(&url).unwrap();
    let database = database::open(&location, Access::Write).unwrap();
    GapReader::behind(&database, 0, 0).unwrap();
    // The worst: PostgreSQL believes that the tables are empty.
    server.sql(&url, "ANALYZE");
    let empty = plan(&database);
    server.sql(
        &url,
        "INSERT INTO domain_events (event_id, event_type, event_version, entity_type, entity_id,
            occurred_at, recorded_at, envelope)
        SELECT gen_random_uuid(), 'order.created', 1, 'order', n % 100, now(), now(), '{}'
            FROM generate_series(1, 20000) n;
        INSERT INTO outbox_parked SELECT 'shelf', seq, event_id, event_type, entity_type, entity_id,
            'behind', 0, now(), now(), '' FROM domain_events WHERE seq <= 5000",
    );
    let filled = plan(&database);
    server.sql(&url, "ANALYZE");
    for plan in [empty, filled, plan(&database)] {
        let reads = plan.matches("using domain_events_pkey").count();
        assert_eq!(reads, 2, "of the gaps, and of the new events: {plan}");
        assert!(plan.contains("Merge Append"), "both are in order: {plan}");
        for slow in ["Seq Scan", "Bitmap", "hashed"] {
            assert!(!plan.contains(slow), "{slow}: {plan}");
        }
    }
}

/// The events are a view of two tables. Each is read by an index.
#[test]
fn the_rows_of_another_table_are_read_by_their_keys() {
    let Some(server) = Postgres::shared() else { return };
    let url = server.database("other_plan");
    server.sql(
        &url,
        "CREATE TABLE outbox (id uuid PRIMARY KEY, aggregatetype text, aggregateid text, type text,
            payload jsonb, created_at timestamptz)",
    );
    server.sql(&url, &other_table_script());
    let location = DatabaseLocation::postgres(&url).unwrap();
    let database = database::open(&location, Access::Write).unwrap();
    GapReader::behind(&database, 0, 0).unwrap();
    server.sql(&url, "ANALYZE");
    server.sql(
        &url,
        "INSERT INTO outbox SELECT gen_random_uuid(), 'order', n % 100, 'order.created', '{}', now()
            FROM generate_series(1, 20000) n",
    );
    let filled = plan(&database);
    server.sql(&url, "ANALYZE");
    for plan in [filled, plan(&database)] {
        for (index, reads) in [("outbox_place_pkey", 2), ("outbox_pkey", 2), ("Index Cond: (id", 2)]
        {
            assert_eq!(plan.matches(index).count(), reads, "{index}: {plan}");
        }
        for slow in ["Seq Scan", "Bitmap", "hashed", "Join Filter"] {
            assert!(!plan.contains(slow), "{slow}: {plan}");
        }
    }
}

fn plan(database: &Database) -> String {
    let held = Held::new(database.dialect(), OnPoison::BlockEntity);
    let sql = format!("EXPLAIN (COSTS OFF) {}", sql(&held));
    let values =
        ["shelf".into(), 10_000_i64.into(), 1_000_i64.into(), "{5,9}".into(), "{6,9}".into()];
    database.query(&sql, &values, |row| row.text(0)).expect("it has a plan").join("\n")
}
