//! The tables are made once, whatever happens meanwhile.

use crate::shop::{Database, Shop, place};
use event_outbox::sql::postgres::MIGRATIONS;
use event_outbox_tokio_postgres::{Error, Migrated, migrate, schema_version};

fn newest() -> u32 {
    MIGRATIONS.last().unwrap().version
}

#[tokio::test]
async fn a_second_migration_changes_nothing() {
    let Some(database) = Database::empty("migrate") else { return };
    let (mut client, to) = (database.client().await, newest());
    assert_eq!(schema_version(&client).await.unwrap(), 0);
    assert_eq!(migrate(&mut client).await.unwrap(), Migrated { from: 0, to });
    assert_eq!(schema_version(&client).await.unwrap(), to);
    // It needs no lock, and no right to write.
    client.batch_execute("SET default_transaction_read_only = on").await.unwrap();
    assert_eq!(migrate(&mut client).await.unwrap(), Migrated { from: to, to });
    assert_eq!(database.count("outbox_schema"), i64::from(to));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_programs_that_start_at_once_one_migrates() {
    let Some(database) = Database::empty("race") else { return };
    let mut clients = Vec::new();
    for _ in 0..8 {
        let client = database.client().await;
        // A level at which a waiting program would not see what the first one has done.
        let level = "SET default_transaction_isolation = 'serializable'";
        client.batch_execute(level).await.unwrap();
        clients.push(client);
    }
    let starts = clients
        .into_iter()
        .map(|mut client| tokio::spawn(async move { migrate(&mut client).await }));
    let mut from = Vec::new();
    for start in starts.collect::<Vec<_>>() {
        from.push(start.await.unwrap().unwrap().from);
    }
    from.sort_unstable();
    let mut expected = [newest(); 8];
    expected[0] = 0;
    assert_eq!(from, expected);

    let mut client = database.client().await;
    database.sql("CREATE TABLE orders (id bigint PRIMARY KEY, version bigint)");
    let shop = Shop::new();
    let first = shop.outbox.transaction(&mut client, async |tx, events| place(tx, events, 1).await);
    first.await.unwrap();
    assert_eq!(database.orders_and_events(), "1 / 1");
}

#[tokio::test]
async fn newer_tables_are_refused() {
    let Some((database, mut client)) = Database::new("newer").await else { return };
    database.sql("INSERT INTO outbox_schema VALUES (700, 'later', now())");
    let error = migrate(&mut client).await.unwrap_err();
    assert!(matches!(error, Error::NewerSchema(_)), "{error}");
    let text = format!(
        "the outbox's tables have version 700, and this program knows versions up \
                        to {}\nhelp: update this program; it changed nothing",
        newest()
    );
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn a_migration_that_fails_changes_nothing() {
    let Some(database) = Database::empty("half") else { return };
    let mut client = database.client().await;
    // The last table of the first step is there, with other columns.
    database.sql("CREATE TABLE inbox_seen (id bigint)");
    let error = migrate(&mut client).await.unwrap_err().to_string();
    assert!(error.starts_with("relation \"inbox_seen\" already exists"), "{error}");
    assert_eq!(schema_version(&client).await.unwrap(), 0);
    assert_eq!(database.sql("SELECT to_regclass('domain_events') IS NULL"), "t");
    database.sql("DROP TABLE inbox_seen");
    assert_eq!(migrate(&mut client).await.unwrap().from, 0);
}

#[tokio::test]
async fn a_server_that_does_not_write_says_so() {
    let Some(database) = Database::empty("read_only") else { return };
    let mut client = database.client().await;
    client.batch_execute("SET default_transaction_read_only = on").await.unwrap();
    let error = migrate(&mut client).await.unwrap_err().to_string();
    assert!(error.contains("read-only transaction") && error.contains("\nhelp: connect to the"));
}

#[tokio::test]
async fn the_search_path_decides_where_the_tables_are() {
    let Some(database) = Database::empty("schemas") else { return };
    database.sql("CREATE SCHEMA shop; CREATE SCHEMA post");
    for schema in ["shop", "post"] {
        let mut client = database.client().await;
        client.batch_execute(&format!("SET search_path = {schema}")).await.unwrap();
        assert_eq!(migrate(&mut client).await.unwrap().from, 0);
        assert_eq!(database.count(&format!("{schema}.domain_events")), 0);
    }
}
