//! The tables of months that docs/postgres.md has.

use crate::shop::{Database, Shop, place, refuse};
use event_outbox::Flushed;
use event_outbox::sql::postgres::script;
use event_outbox_tokio_postgres::flush;
use test_servers::Postgres;

const PAGE: &str = include_str!("../../../../docs/postgres.md");
const DEBEZIUM: &str = include_str!("../../../../docs/debezium.md");

/// The block that makes the table of a month, and the one that moves events into it.
fn blocks() -> [&'static str; 2] {
    let (_, section) = PAGE.split_once("## Keep events by month").unwrap();
    let mut blocks = section.split("```sql\n").skip(1).map(|rest| rest.split("```").next());
    [blocks.next().flatten().unwrap(), blocks.next().flatten().unwrap()]
}

/// Two targets: one has everything, the other one has the first event.
const CURSORS: &str = "INSERT INTO outbox_cursor (target, low_seq, updated_at)
    SELECT 'archive', max(seq), now() FROM domain_events
    UNION ALL SELECT 'billing', min(seq), now() FROM domain_events";

/// Whenever the test runs, its events are of the month of the page.
const OF_THE_MONTH: &str = "ALTER TABLE domain_events DISABLE TRIGGER domain_events_append_only;
    UPDATE domain_events SET recorded_at = '2026-11-30Z';
    ALTER TABLE domain_events ENABLE TRIGGER domain_events_append_only";

#[tokio::test]
async fn the_past_is_in_tables_of_its_months() {
    let Some((database, mut client)) = Database::new("months").await else { return };
    let shop = Shop::new();
    for order_id in 1..=3 {
        let done = shop.outbox.transaction(&mut client, async |tx, events| {
            place(tx, events, order_id).await?;
            refuse(events, 1, 1);
            flush(tx, events).await
        });
        let written = if order_id == 1 { 2 } else { 1 };
        assert_eq!(done.await.unwrap(), Flushed { written, duplicates: 2 - written });
    }
    database.sql(OF_THE_MONTH);
    database.sql(CURSORS);
    for block in blocks() {
        database.sql(block);
    }
    let seqs = |table: &str| {
        let sql = format!("SELECT string_agg(entity_id, ' ' ORDER BY seq) FROM {table}");
        database.sql(&sql)
    };
    assert_eq!(seqs("domain_events_2026_11"), "1");
    assert_eq!(seqs("ONLY domain_events"), "1 2 3");
    assert_eq!(seqs("domain_events"), "1 1 2 3", "a query reads both");

    for change in [
        "UPDATE domain_events SET event_type = 'x' WHERE seq = 1",
        "UPDATE domain_events_2026_11 SET event_type = 'x'",
        "TRUNCATE domain_events_2026_11",
        "TRUNCATE domain_events",
    ] {
        let error = client.batch_execute(change).await.expect_err(change);
        let said = error.as_db_error().unwrap().message();
        assert!(said.contains("domain_events is append-only"), "{change}: {said}");
    }

    let next = shop.outbox.transaction(&mut client, async |tx, events| place(tx, events, 4).await);
    next.await.unwrap();
    database.sql("DROP TABLE domain_events_2026_11");
    assert_eq!(seqs("domain_events"), "1 2 3 4");
}

/// With the publication of docs/debezium.md, whenever the table of the month is made.
#[test]
fn a_moved_event_is_not_published_again() {
    let setup = Postgres::setup().setting("wal_level", "logical");
    let Some(server) = setup.start() else { return };
    let publication = DEBEZIUM.split("```sql\n").nth(1).unwrap().split("```").next().unwrap();
    let [table, moved] = blocks();
    let url = server.database("publication");
    let sql = |statements: &str| server.sql(&url, statements);
    sql(&script());
    sql(table);
    sql(publication);
    sql(&table.replace("2026_11", "2026_12"));
    sql("SELECT pg_create_logical_replication_slot('outbox', 'pgoutput')");
    sql("INSERT INTO domain_events (event_id, event_type, event_version, occurred_at, recorded_at,
            envelope)
        SELECT gen_random_uuid(), 'order.created', 1, now(), at, '{}'
        FROM unnest('{2026-11-05Z, 2026-12-05Z}'::timestamptz[]) AS at");
    sql("INSERT INTO outbox_cursor (target, low_seq, updated_at) VALUES ('archive', 2, now())");
    sql(moved);
    let december = moved.replace("2026_11", "2026_12").replace("2026-12-01", "2027-01-01");
    sql(&december.replace("2026-11-01", "2026-12-01"));
    assert_eq!(sql("SELECT count(*) FROM ONLY domain_events"), "0");
    // The first byte of a message of pgoutput is its kind: `R`elation, `I`nsert, `D`elete.
    let published = sql("SELECT string_agg(chr(get_byte(data, 0)), '' ORDER BY lsn)
        FROM pg_logical_slot_get_binary_changes('outbox', NULL, NULL,
            'proto_version', '1', 'publication_names', 'outbox')
        WHERE get_byte(data, 0) IN (ascii('R'), ascii('I'), ascii('D'))");
    assert_eq!(published.replace('R', ""), "IIDD");
}

/// Why the page does not partition the table.
#[tokio::test]
async fn a_partitioned_table_has_no_unique_keys() {
    let Some((database, mut client)) = Database::new("partitions").await else { return };
    database.sql(
        "ALTER TABLE domain_events RENAME TO plain;
         CREATE TABLE domain_events (LIKE plain INCLUDING DEFAULTS INCLUDING IDENTITY,
             UNIQUE (deduplication_key, recorded_at)) PARTITION BY RANGE (recorded_at);
         CREATE TABLE always PARTITION OF domain_events DEFAULT;",
    );
    let shop = Shop::new();
    let failed =
        shop.outbox.transaction(&mut client, async |tx, events| place(tx, events, 1).await);
    let error = failed.await.unwrap_err().to_string();
    assert!(
        error.contains("no unique or exclusion constraint matching the ON CONFLICT"),
        "{error}"
    );
}
