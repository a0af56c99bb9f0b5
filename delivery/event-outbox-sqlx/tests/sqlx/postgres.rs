//! What PostgreSQL has alone.

use crate::events::customer::CustomerUpdated;
use crate::shop::{Shop, pair, place, postgres};
use event_core::Emit;
use event_outbox::sql::postgres::ROLES;
use event_outbox_sqlx::{Error, flush, migrate};
use std::time::Duration;

#[tokio::test]
async fn a_text_that_postgres_does_not_store() {
    let Some(database) = postgres("nul").await else { return };
    let (database, shop) = (database.with_tables().await, Shop::new());
    let failed = shop.outbox.transaction(&database.pool, async |tx, events| {
        place(tx, events, 1).await?;
        CustomerUpdated { customer_id: "a\0b".into(), revision: 1 }.emit_to(events);
        Ok::<_, Error>(())
    });
    let error = failed.await.unwrap_err();
    assert!(matches!(error, Error::NulCharacter(_)), "{error}");
    assert!(error.to_string().starts_with("`entity_id` of the event `customer.updated` ("));
    assert_eq!(database.orders_and_events().await, pair("", ""));
}

/// PostgreSQL answers the COMMIT of such a transaction as if it were done, but rolls back.
#[tokio::test]
async fn a_closure_that_does_not_return_the_error_of_a_statement() {
    let Some(database) = postgres("swallowed").await else { return };
    let (database, shop) = (database.with_tables().await, Shop::new());
    for is_flushed in [true, false] {
        let failed = shop.outbox.transaction(&database.pool, async |tx, events| {
            place(tx, events, 1).await?;
            if is_flushed {
                flush(tx, events).await?;
            }
            assert!(sqlx::query("SELECT 1 / 0").execute(&mut *tx).await.is_err());
            Ok::<_, Error>(())
        });
        let text = failed.await.unwrap_err().to_string();
        assert!(text.contains("current transaction is aborted") && text.contains("\nhelp: a"));
    }
    assert_eq!(database.orders_and_events().await, pair("", ""));
    assert_eq!(shop.counts(), [0, 2, 0]);
}

#[tokio::test]
async fn many_events_are_one_statement_in_their_order() {
    let Some(database) = postgres("many").await else { return };
    let (database, shop) = (database.with_tables().await, Shop::new());
    shop.outbox
        .transaction(&database.pool, async |_, events| {
            (0..5_000)
                .for_each(|order_id| crate::events::order_created(order_id, 1).emit_to(events));
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    let sql = "SELECT concat(count(*), ' ', count(DISTINCT txid), ' ',
                   bool_and(entity_id::bigint = seq - 1)) FROM domain_events";
    assert_eq!(database.texts(sql).await, "5000 1 t");
}

/// A server that shuts down ends the session by a fatal error, also in the middle of a commit.
#[tokio::test]
async fn a_session_that_is_ended_during_the_commit() {
    let Some(database) = postgres("ended").await else { return };
    let (database, shop) = (database.with_tables().await, Shop::new());
    database
        .run(
            "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$;
             CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED
                 FOR EACH ROW EXECUTE FUNCTION slow()",
        )
        .await;
    let transaction =
        shop.outbox.transaction(&database.pool, async |tx, events| place(tx, events, 1).await);
    let end = async {
        let sql = "SELECT count(pg_terminate_backend(pid))::text FROM pg_stat_activity
                   WHERE query = 'COMMIT' AND datname = current_database() AND state = 'active'";
        while database.texts(sql).await == "0" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let (failed, ()) = tokio::join!(transaction, end);
    let error = failed.unwrap_err();
    assert!(matches!(error, Error::CommitUnknown(_)), "{error}");
    assert!(error.to_string().contains("administrator command (SQLSTATE 57P01)"), "{error}");
    assert_eq!(database.orders_and_events().await, pair("", ""));
    assert_eq!(shop.counts(), [0, 1, 0]);
}

#[tokio::test]
async fn a_role_with_the_documented_grants_inserts_and_does_not_change() {
    let Some(database) = postgres("roles").await else { return };
    let (database, shop) = (database.with_tables().await, Shop::new());
    database.run("CREATE ROLE application; CREATE ROLE relay; CREATE ROLE purge").await;
    database.run(ROLES).await;
    database.run("GRANT INSERT ON orders TO application").await;
    let mut connection = database.pool.acquire().await.unwrap();
    sqlx::query("SET ROLE application").execute(&mut *connection).await.unwrap();
    migrate(&mut *connection).await.unwrap();
    let done = shop
        .outbox
        .transaction(&mut *connection, async |tx, events| place(tx, events, 1).await)
        .await;
    done.unwrap();
    for sql in ["UPDATE domain_events SET event_type = 'x'", "DELETE FROM domain_events"] {
        let refused = sqlx::query(sql).execute(&mut *connection).await.unwrap_err();
        let code = refused.as_database_error().unwrap().code();
        assert_eq!(code.as_deref(), Some("42501"), "{refused}");
    }
    connection.close().await.unwrap();
    assert_eq!(database.orders_and_events().await, pair("1", "1"));
}
