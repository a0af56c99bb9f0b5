//! The tables are made once, whatever happens meanwhile.

use crate::shop::{Database, Store, on_both, postgres, sqlite};
use event_outbox::sql;
use event_outbox_sqlx::{Error, Migrated, migrate, schema_version};
use sqlx::Pool;

on_both!(
    a_second_migration_changes_nothing
    newer_tables_are_refused
);

fn newest() -> u32 {
    sql::postgres::MIGRATIONS.last().unwrap().version
}

async fn a_second_migration_changes_nothing<C: Store>(database: Database<C>) {
    let to = newest();
    assert_eq!(migrate(&database.pool).await.unwrap(), Migrated { from: to, to });
    assert_eq!(schema_version(&database.pool).await.unwrap(), to);
    assert_eq!(database.count("outbox_schema").await, to.to_string());
}

async fn newer_tables_are_refused<C: Store>(database: Database<C>) {
    database.run("INSERT INTO outbox_schema VALUES (700, 'later', '2026-11-21 00:00:00Z')").await;
    let error = migrate(&database.pool).await.unwrap_err();
    assert!(matches!(error, Error::NewerSchema(_)), "{error}");
}

/// Starts eight migrations at once, and returns the versions that they have found.
async fn race<D: sqlx::Database>(
    pool: Pool<D>,
    start: fn(Pool<D>) -> tokio::task::JoinHandle<Result<Migrated, Error>>,
) -> Vec<u32> {
    let started: Vec<_> = (0..8).map(|_| start(pool.clone())).collect();
    let mut from = Vec::new();
    for migration in started {
        from.push(migration.await.unwrap().unwrap().from);
    }
    from.sort_unstable();
    from
}

#[tokio::test(flavor = "multi_thread")]
async fn of_programs_that_start_at_once_one_migrates() {
    let mut expected = [newest(); 8];
    expected[0] = 0;
    let database = sqlite("race").await;
    let from = race(database.pool, |pool| tokio::spawn(async move { migrate(&pool).await })).await;
    assert_eq!(from, expected);
    let Some(database) = postgres("race").await else { return };
    let from = race(database.pool, |pool| tokio::spawn(async move { migrate(&pool).await })).await;
    assert_eq!(from, expected);
}

/// The adapters of one database make the same tables, and read those of each other.
#[tokio::test]
async fn the_script_makes_what_migrate_makes() {
    let names = "SELECT name || coalesce(sql, '') FROM sqlite_schema ORDER BY rowid";
    let migrated = sqlite("migrated").await.with_tables().await;
    migrated.run("DROP TABLE orders").await;
    let plain = sqlite("script").await;
    plain.run(&sql::sqlite::script()).await;
    assert_eq!(plain.texts(names).await, migrated.texts(names).await);
    assert_eq!(schema_version(&plain.pool).await.unwrap(), newest());
}
