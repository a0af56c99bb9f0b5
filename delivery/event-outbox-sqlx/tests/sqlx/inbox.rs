//! The inbox: a message has its effect once for each consumer.

use crate::shop::{Database, Store, on_both};
use event_core::{EventId, Timestamp};
use event_outbox_sqlx::{Error, inbox};

on_both!(
    a_message_is_new_once_for_each_consumer_and_source
    a_mark_needs_a_transaction
    a_purge_forgets_what_was_seen_before_a_time
);

/// Whether it is seen for the first time, in a transaction that is committed or rolled back.
async fn once<C: Store>(
    database: &Database<C>,
    [consumer, source]: [&str; 2],
    id: EventId,
    is_committed: bool,
) -> bool {
    let mut tx = database.pool.begin().await.unwrap();
    let is_first = inbox::once::<C>(&mut tx, consumer, source, id).await.unwrap();
    assert!(!inbox::once::<C>(&mut tx, consumer, source, id).await.unwrap());
    if is_committed {
        tx.commit().await.unwrap();
    } else {
        tx.rollback().await.unwrap();
    }
    is_first
}

async fn a_message_is_new_once_for_each_consumer_and_source<C: Store>(database: Database<C>) {
    let ids = [EventId::new(), EventId::new()];
    for (is_first, is_committed) in [(true, false), (true, true), (false, true)] {
        for consumer in ["invoices", "mails"] {
            for source in ["shop", "shop-2"] {
                for id in ids {
                    let seen = once(&database, [consumer, source], id, is_committed).await;
                    assert_eq!(seen, is_first);
                }
            }
        }
    }
    assert_eq!(database.count("inbox_seen").await, "8");
}

async fn a_mark_needs_a_transaction<C: Store>(database: Database<C>) {
    let mut connection = database.pool.acquire().await.unwrap();
    let refused = inbox::once::<C>(&mut connection, "invoices", "shop", EventId::new()).await;
    assert!(matches!(refused, Err(Error::NoTransaction)), "{refused:?}");
    drop(connection);
    assert_eq!(database.count("inbox_seen").await, "0");
}

async fn a_purge_forgets_what_was_seen_before_a_time<C: Store>(database: Database<C>) {
    let (id, before) = (EventId::new(), Timestamp::now());
    let place = ["invoices", "shop"];
    assert!(once(&database, place, id, true).await);
    assert_eq!(inbox::purge(&database.pool, before).await.unwrap(), 0);
    assert!(!once(&database, place, id, true).await);
    let after = Timestamp::from_micros(Timestamp::now().as_micros() + 1);
    assert_eq!(inbox::purge(&database.pool, after).await.unwrap(), 1);
    assert!(once(&database, place, id, true).await, "it has its effect again");
}
