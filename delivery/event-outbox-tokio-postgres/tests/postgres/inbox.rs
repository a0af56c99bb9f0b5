//! The inbox: a message has its effect once for each consumer.

use crate::shop::Database;
use event_core::{EventId, Timestamp};
use event_outbox_tokio_postgres::inbox;
use tokio_postgres::Client;

/// Whether it is seen for the first time, in a transaction that is committed.
async fn once(client: &mut Client, consumer: &str, source: &str, id: EventId) -> bool {
    let tx = client.transaction().await.unwrap();
    let is_first = inbox::once(&tx, consumer, source, id).await.unwrap();
    assert!(!inbox::once(&tx, consumer, source, id).await.unwrap());
    tx.commit().await.unwrap();
    is_first
}

#[tokio::test]
async fn a_message_is_new_once_for_each_consumer_and_source() {
    let Some((database, mut client)) = Database::new("inbox").await else { return };
    let ids = [EventId::new(), EventId::new()];
    for is_first in [true, false, false] {
        for consumer in ["invoices", "mails"] {
            for source in ["shop", "shop-2"] {
                for id in ids {
                    assert_eq!(once(&mut client, consumer, source, id).await, is_first);
                }
            }
        }
    }
    assert_eq!(database.count("inbox_seen"), 8);
}

#[tokio::test]
async fn a_mark_that_is_rolled_back_is_forgotten() {
    let Some((_, mut client)) = Database::new("forgotten").await else { return };
    let id = EventId::new();
    let tx = client.transaction().await.unwrap();
    assert!(inbox::once(&tx, "invoices", "shop", id).await.unwrap());
    tx.rollback().await.unwrap();
    assert!(once(&mut client, "invoices", "shop", id).await);
    assert!(!once(&mut client, "invoices", "shop", id).await);
}

#[tokio::test]
async fn a_purge_forgets_what_was_seen_before_a_time() {
    let Some((_, mut client)) = Database::new("purge").await else { return };
    let (id, before) = (EventId::new(), Timestamp::now());
    assert!(once(&mut client, "invoices", "shop", id).await);
    assert_eq!(inbox::purge(&client, before).await.unwrap(), 0);
    assert!(!once(&mut client, "invoices", "shop", id).await);
    let after = Timestamp::from_micros(Timestamp::now().as_micros() + 1);
    assert_eq!(inbox::purge(&client, after).await.unwrap(), 1);
    assert!(once(&mut client, "invoices", "shop", id).await, "it has its effect again");
}

#[tokio::test]
async fn without_the_tables_the_error_says_what_to_do() {
    let Some(database) = Database::empty("no_inbox") else { return };
    let mut client = database.client().await;
    let tx = client.transaction().await.unwrap();
    let refused = inbox::once(&tx, "invoices", "shop", EventId::new()).await;
    let text = refused.unwrap_err().to_string();
    assert!(
        text.starts_with("relation \"inbox_seen\" does not exist") && text.contains("`migrate`"),
        "{text}"
    );
}
