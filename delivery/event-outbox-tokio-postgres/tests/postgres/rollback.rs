//! What fails leaves neither the change nor its events, in the table and in the sinks.

use crate::events::order_pay_completed;
use crate::events::{CARD, EMAIL, PASSWORD, customer::CustomerUpdated};
use crate::shop::{Database, Shop, place, refuse};
use event_core::Emit;
use event_outbox_tokio_postgres::{Error, flush};
use std::panic::resume_unwind;
use tokio_postgres::Client;

/// Nothing is left of a transaction with two events, and the next one works.
async fn is_rolled_back(shop: &Shop, database: &Database, client: &mut Client) {
    assert_eq!(database.orders_and_events(), "- / -");
    assert_eq!((shop.counts(), shop.memory.records().len()), ([0, 2, 0], 0));
    assert!(shop.incidents().is_empty(), "a rollback is no incident");
    let next = shop.outbox.transaction(client, async |tx, events| place(tx, events, 100).await);
    next.await.unwrap();
    assert_eq!(database.orders_and_events(), "100 / 100");
    assert_eq!(shop.counts(), [1, 2, 0]);
}

#[tokio::test]
async fn an_error_of_the_closure() {
    let Some((database, mut client)) = Database::new("error").await else { return };
    let shop = Shop::new();
    let failed = shop.outbox.transaction(&mut client, async |tx, events| {
        place(tx, events, 1).await?;
        flush(tx, events).await?;
        place(tx, events, 2).await?;
        place(tx, events, 1).await
    });
    let error = failed.await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "duplicate key value violates unique constraint \"orders_pkey\" (SQLSTATE 23505)"
    );
    is_rolled_back(&shop, &database, &mut client).await;
}

#[tokio::test]
async fn a_panic_of_the_closure() {
    let Some((database, client)) = Database::new("panic").await else { return };
    let shop = Shop::new();
    let outbox = shop.outbox.clone();
    let client = std::sync::Arc::new(tokio::sync::Mutex::new(client));
    let of_task = client.clone();
    let task = tokio::spawn(async move {
        let mut client = of_task.lock().await;
        outbox
            .transaction(&mut client, async |tx, events| {
                place(tx, events, 1).await?;
                flush(tx, events).await?;
                place(tx, events, 2).await?;
                // A panic without the noise of the hook.
                resume_unwind(Box::new("the closure's"));
                #[allow(unreachable_code, reason = "the type of the closure")]
                Ok::<_, Error>(())
            })
            .await
    });
    let panic = task.await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref(), Some(&"the closure's"));
    is_rolled_back(&shop, &database, &mut *client.lock().await).await;
}

#[tokio::test]
async fn an_insert_that_fails() {
    let Some((database, mut client)) = Database::new("insert").await else { return };
    let shop = Shop::new();
    database.sql("ALTER TABLE domain_events ADD CHECK (entity_id <> '2')");
    let failed = shop.outbox.transaction(&mut client, async |tx, events| {
        place(tx, events, 1).await?;
        place(tx, events, 2).await
    });
    let error = failed.await.unwrap_err();
    assert!(matches!(error, Error::Postgres(_)));
    assert_eq!(
        error.to_string(),
        "new row for relation \"domain_events\" violates check constraint \
         \"domain_events_entity_id_check\" (SQLSTATE 23514)"
    );
    is_rolled_back(&shop, &database, &mut client).await;
}

#[tokio::test]
async fn a_commit_that_fails() {
    let Some((database, mut client)) = Database::new("deferred").await else { return };
    let shop = Shop::new();
    database.sql(
        "CREATE TABLE lines (order_id bigint REFERENCES orders DEFERRABLE INITIALLY DEFERRED)",
    );
    let failed = shop.outbox.transaction(&mut client, async |tx, events| {
        place(tx, events, 1).await?;
        place(tx, events, 2).await?;
        tx.execute("INSERT INTO lines VALUES (3)", &[]).await?;
        Ok::<_, Error>(())
    });
    let error = failed.await.unwrap_err();
    assert!(matches!(error, Error::Postgres(_)), "it is known to be rolled back: {error}");
    assert!(error.to_string().contains("violates foreign key constraint"), "{error}");
    assert_eq!(database.count("lines"), 0);
    is_rolled_back(&shop, &database, &mut client).await;
}

#[tokio::test]
async fn an_event_that_the_emitter_refuses() {
    let Some((database, mut client)) = Database::new("refused").await else { return };
    let shop = Shop::new();
    let failed = shop.outbox.transaction(&mut client, async |tx, events| {
        place(tx, events, 1).await?;
        place(tx, events, 2).await?;
        order_pay_completed(1, false).emit_to(events);
        Ok::<_, Error>(())
    });
    let error = failed.await.unwrap_err();
    assert!(matches!(error, Error::Refused { events: 1 }), "{error}");
    assert!(format!("{:?}", shop.incidents()).contains("order_pay_completed"));
    is_rolled_back(&shop, &database, &mut client).await;
}

/// PostgreSQL answers the COMMIT of such a transaction as if it were done, but rolls back.
#[tokio::test]
async fn a_closure_that_does_not_return_the_error_of_a_statement() {
    let Some((database, mut client)) = Database::new("swallowed").await else { return };
    let shop = Shop::new();
    for is_flushed in [true, false] {
        let failed = shop.outbox.transaction(&mut client, async |tx, events| {
            place(tx, events, 1).await?;
            if is_flushed {
                flush(tx, events).await?;
            }
            let _ = tx.batch_execute("SELECT 1 / 0").await;
            Ok::<_, Error>(())
        });
        let text = failed.await.unwrap_err().to_string();
        let (first, help) = text.split_once("\nhelp: ").unwrap();
        assert!(first.contains("current transaction is aborted"), "{first}");
        assert!(help.contains("return the first error of a transaction"), "{help}");
    }
    is_rolled_back(&shop, &database, &mut client).await;
}

#[tokio::test]
async fn a_text_that_postgres_does_not_store() {
    let Some((database, mut client)) = Database::new("nul").await else { return };
    let shop = Shop::new();
    let failed = shop.outbox.transaction(&mut client, async |tx, events| {
        place(tx, events, 1).await?;
        CustomerUpdated { customer_id: "a\0b".into(), revision: 1 }.emit_to(events);
        Ok::<_, Error>(())
    });
    let error = failed.await.unwrap_err();
    assert!(matches!(error, Error::NulCharacter(_)), "{error}");
    let text = error.to_string();
    assert!(text.starts_with("`entity_id` of the event `customer.updated` ("), "{text}");
    assert!(!database.server.log().contains("0x00"), "nothing was sent");
    is_rolled_back(&shop, &database, &mut client).await;
}

#[tokio::test]
async fn a_database_without_the_tables() {
    let Some(database) = Database::empty("no_tables") else { return };
    let (shop, mut client) = (Shop::new(), database.client().await);
    let failed = shop.outbox.transaction(&mut client, async |_, events| {
        refuse(events, 1, 1);
        Ok::<_, Error>(())
    });
    assert_eq!(
        failed.await.unwrap_err().to_string(),
        "relation \"domain_events\" does not exist (SQLSTATE 42P01)\nhelp: make the outbox's tables \
         with `migrate`, and check the `search_path` of the connection"
    );
}

/// PostgreSQL's details have the values of a row. They are in no text of an error.
#[tokio::test]
async fn no_error_has_a_value_of_a_row() {
    let Some((database, mut client)) = Database::new("secret").await else { return };
    let shop = Shop::new();
    database.sql("ALTER TABLE domain_events ADD CHECK (event_type <> 'order.pay.completed')");
    let failed = shop.outbox.transaction(&mut client, async |tx, events| {
        order_pay_completed(7_123_456, true).emit_to(events);
        flush(tx, events).await.map(drop)
    });
    let error = failed.await.unwrap_err();
    let said = format!("{error} {error:?} {:?}", shop.incidents());
    for planted in [CARD, PASSWORD, EMAIL, "7123456"] {
        assert!(!said.contains(planted), "{said}");
    }
    let Error::Postgres(source) = error else { panic!("{error}") };
    assert!(source.as_db_error().unwrap().detail().unwrap().contains("7123456"));
}
