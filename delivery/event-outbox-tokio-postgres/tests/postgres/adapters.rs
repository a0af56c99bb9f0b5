//! What `event-outbox` makes public is enough for an adapter. And the table is append-only for all
//! of them.

#[path = "../../examples/own_adapter.rs"]
#[allow(dead_code, reason = "its `main` runs as an example")]
mod own_adapter;

use crate::shop::{Database, Shop, place, refuse};
use event_outbox::{Flushed, sql};
use event_outbox_tokio_postgres::{Error, INSERT, PostgresTx, schema_version};
use own_adapter::{PlainTx, send};

#[tokio::test]
async fn every_adapter_writes_the_same_rows() {
    let Some((database, mut client)) = Database::new("adapters").await else { return };
    let shop = Shop::new();
    let mut events = shop.outbox.events();
    let tx = client.transaction().await.unwrap();
    for order_id in [1, 2] {
        place(&tx, &mut events, order_id).await.unwrap();
        refuse(&mut events, 1, 1);
    }
    let unflushed = events.savepoint();
    let flushed = Flushed { written: 3, duplicates: 1 };
    assert_eq!(events.flush_async(&mut PostgresTx::new(&tx)).await.unwrap(), flushed);
    tx.commit().await.unwrap();
    let rows = "SELECT string_agg(to_jsonb(e)::text, E'\\n' ORDER BY seq) FROM (
                    SELECT event_id, event_type, entity_id, occurred_at, deduplication_key,
                        retain_until, envelope, seq - min(seq) OVER () AS seq FROM domain_events
                ) AS e";
    let adapted = database.sql(rows);

    database.sql("DELETE FROM domain_events");
    events.roll_back_to(unflushed);
    let tx = client.transaction().await.unwrap();
    assert_eq!(events.flush_async(&mut PlainTx(&tx)).await.unwrap(), flushed);
    tx.commit().await.unwrap();
    assert_eq!(database.sql(rows), adapted);

    database.sql("DELETE FROM domain_events");
    events.roll_back_to(unflushed);
    let insert = client.prepare(INSERT).await.unwrap();
    let tx = client.transaction().await.unwrap();
    let mut prepared = PostgresTx::new(&tx).prepared(&insert);
    assert_eq!(events.flush_async(&mut prepared).await.unwrap(), flushed);
    tx.commit().await.unwrap();
    assert_eq!(database.sql(rows), adapted);
    assert_eq!(events.committed(), 3);
    assert_eq!(shop.counts(), [3, 1, 0]);
}

#[tokio::test]
async fn an_outbox_with_a_prepared_statement() {
    let Some((database, mut client)) = Database::new("prepared").await else { return };
    let shop = Shop::new();
    let outbox = shop.outbox.clone().prepared(client.prepare(INSERT).await.unwrap());
    for order_id in 1..=10 {
        let done = outbox.transaction(&mut client, async |tx, events| {
            place(tx, events, order_id).await?;
            refuse(events, 1, 1);
            Ok::<_, Error>(())
        });
        done.await.unwrap();
    }
    assert_eq!(database.orders_and_events(), "1 2 3 4 5 6 7 8 9 10 / 1 2 3 4 5 6 7 8 9 10");
    assert_eq!(shop.counts(), [11, 9, 0]);
    // After five executions PostgreSQL keeps one plan.
    let plans = "SELECT generic_plans > 0 FROM pg_prepared_statements
                 WHERE statement LIKE 'INSERT INTO domain_events%'";
    assert!(client.query_one(plans, &[]).await.unwrap().get::<_, bool>(0));
}

#[tokio::test]
async fn the_script_makes_what_migrate_makes() {
    let Some((database, _)) = Database::new("migrated").await else { return };
    let plain = Database::empty("script").unwrap();
    let mut client = plain.client().await;
    client.batch_execute(&sql::postgres::script()).await.unwrap();
    let newest = sql::postgres::MIGRATIONS.last().unwrap().version;
    assert_eq!(schema_version(&client).await.unwrap(), newest);
    let columns = "SELECT string_agg(concat_ws(' ', table_name, ordinal_position, column_name,
                       data_type, is_nullable, column_default, identity_generation), E'\\n'
                       ORDER BY table_name, ordinal_position)
                   FROM information_schema.columns
                   WHERE table_schema = 'public' AND table_name <> 'orders'";
    let indexes = "SELECT string_agg(indexdef, E'\\n' ORDER BY indexname) FROM pg_indexes
                   WHERE schemaname = 'public' AND tablename <> 'orders'";
    for sql in [columns, indexes] {
        assert_eq!(plain.sql(sql), database.sql(sql));
    }

    client.batch_execute("CREATE TABLE parcels (id bigint PRIMARY KEY)").await.unwrap();
    let emitter = event_core::Emitter::builder().service("post").build();
    send(&mut client, &emitter, 7).await.unwrap();
    assert!(send(&mut client, &emitter, 7).await.is_err(), "the parcel is there");
    assert_eq!(plain.sql("SELECT event_type, entity_id FROM domain_events"), "parcel.sent|7");
}

#[tokio::test]
async fn a_row_is_never_changed() {
    let Some((database, mut client)) = Database::new("append_only").await else { return };
    let shop = Shop::new();
    let first = shop.outbox.transaction(&mut client, async |tx, events| place(tx, events, 1).await);
    first.await.unwrap();
    let rows = "SELECT to_jsonb(e)::text FROM domain_events AS e";
    let before = database.sql(rows);
    for change in [
        "UPDATE domain_events SET event_type = 'x'",
        "UPDATE domain_events SET envelope = envelope",
        "INSERT INTO domain_events (event_id, event_type, event_version, occurred_at, recorded_at,
             deduplication_key, envelope)
         SELECT event_id, event_type, event_version, now(), now(), 'k', '{}' FROM domain_events,
             generate_series(1, 2)
         ON CONFLICT (deduplication_key) WHERE deduplication_key IS NOT NULL
         DO UPDATE SET event_version = 2",
        "TRUNCATE domain_events",
    ] {
        let refused = client.batch_execute(change).await.unwrap_err();
        let message = refused.as_db_error().unwrap().message();
        let is_twice = message.contains("cannot affect row a second time");
        assert!(
            is_twice || message == "domain_events is append-only: insert a new event instead",
            "{message}"
        );
    }
    assert_eq!(database.sql(rows), before);
    // A purge deletes. The next event does not get the number of the deleted one.
    database.sql("DELETE FROM domain_events");
    let next = shop.outbox.transaction(&mut client, async |tx, events| place(tx, events, 2).await);
    next.await.unwrap();
    assert_eq!(database.sql("SELECT seq > 1 FROM domain_events"), "t");
}
