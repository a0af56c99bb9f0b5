//! What fails leaves neither the change nor its events, in the table and in the sinks.

use crate::events::order_pay_completed;
use crate::shop::{Database, Shop, Store, on_both, pair, place, refuse};
use event_core::Emit;
use event_outbox_sqlx::{Error, flush};
use sqlx::Acquire;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::pin::pin;
use std::task::Poll;

on_both!(
    an_error_of_the_closure
    a_panic_of_the_closure
    an_insert_that_fails
    an_event_that_the_emitter_refuses
    a_database_without_the_tables
    a_flush_without_a_transaction
);

/// Nothing is left of a transaction with two events, and the next one works.
async fn is_rolled_back<C: Store>(shop: &Shop, database: &Database<C>) {
    assert_eq!(database.orders_and_events().await, pair("", ""));
    assert_eq!((shop.counts(), shop.memory.records().len()), ([0, 2, 0], 0));
    assert!(shop.incidents().is_empty(), "a rollback is no incident");
    let next = shop
        .outbox
        .transaction(&database.pool, async |tx: &mut C, events| place(tx, events, 100).await);
    next.await.unwrap();
    assert_eq!(database.orders_and_events().await, pair("100", "100"));
    assert_eq!(shop.counts(), [1, 2, 0]);
}

async fn an_error_of_the_closure<C: Store>(database: Database<C>)
where
    for<'a> &'a mut C: Acquire<'a, Database = C::Database>,
{
    let shop = Shop::new();
    let mut connection = database.pool.acquire().await.unwrap();
    let failed = shop.outbox.transaction(&mut *connection, async |tx: &mut C, events| {
        place(tx, events, 1).await?;
        flush(tx, events).await?;
        place(tx, events, 2).await?;
        place(tx, events, 1).await
    });
    let text = failed.await.unwrap_err().to_string().to_lowercase();
    assert!(text.contains("unique constraint"), "{text}");
    // The locks are free, although the connection is still there.
    is_rolled_back(&shop, &database).await;
}

async fn a_panic_of_the_closure<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    {
        let mut transaction =
            pin!(shop.outbox.transaction(&database.pool, async |tx: &mut C, events| {
                place(tx, events, 1).await?;
                flush(tx, events).await?;
                place(tx, events, 2).await?;
                // A panic without the noise of the hook.
                resume_unwind(Box::new("the closure's"));
                #[allow(unreachable_code, reason = "the type of the closure")]
                Ok::<_, Error>(())
            }));
        let caught = std::future::poll_fn(|context| {
            let poll = || transaction.as_mut().poll(context);
            match std::panic::catch_unwind(AssertUnwindSafe(poll)) {
                Ok(Poll::Pending) => Poll::Pending,
                Ok(Poll::Ready(done)) => panic!("it has ended: {done:?}"),
                Err(panic) => Poll::Ready(panic),
            }
        });
        assert_eq!(caught.await.downcast_ref(), Some(&"the closure's"));
    }
    is_rolled_back(&shop, &database).await;
}

async fn an_insert_that_fails<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    let index = "CREATE UNIQUE INDEX one_entity ON domain_events (entity_id)";
    database.run(index).await;
    let failed = shop.outbox.transaction(&database.pool, async |tx: &mut C, events| {
        place(tx, events, 1).await?;
        crate::events::order_created(1, 2).emit_to(events);
        Ok::<_, Error>(())
    });
    let error = failed.await.unwrap_err();
    assert!(matches!(error, Error::Sqlx(_)), "{error}");
    is_rolled_back(&shop, &database).await;
}

async fn an_event_that_the_emitter_refuses<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    let failed = shop.outbox.transaction(&database.pool, async |tx: &mut C, events| {
        place(tx, events, 1).await?;
        place(tx, events, 2).await?;
        order_pay_completed(1, false).emit_to(events);
        Ok::<_, Error>(())
    });
    let error = failed.await.unwrap_err();
    assert!(matches!(error, Error::Refused { events: 1 }), "{error}");
    assert!(format!("{:?}", shop.incidents()).contains("order_pay_completed"));
    is_rolled_back(&shop, &database).await;
}

async fn a_database_without_the_tables<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    database.run("DROP TABLE domain_events").await;
    let failed = shop.outbox.transaction(&database.pool, async |_: &mut C, events| {
        refuse(events, 1, 1);
        Ok::<_, Error>(())
    });
    let text = failed.await.unwrap_err().to_string();
    assert!(text.contains("domain_events") && text.contains("help: make the outbox's tables with"));
}

async fn a_flush_without_a_transaction<C: Store>(database: Database<C>) {
    let shop = Shop::new();
    let mut connection = database.pool.acquire().await.unwrap();
    let mut events = shop.outbox.events();
    refuse(&mut events, 1, 1);
    refuse(&mut events, 1, 2);
    let error = flush::<C>(&mut connection, &mut events).await.unwrap_err();
    assert!(matches!(error, Error::NoTransaction), "{error}");
    events.rolled_back();
    drop(connection);
    assert_eq!(database.count("domain_events").await, "0");
    is_rolled_back(&shop, &database).await;
}
