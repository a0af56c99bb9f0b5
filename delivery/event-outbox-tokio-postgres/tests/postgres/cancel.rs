//! A future that is dropped leaves neither the change nor its events, wherever it was.

use crate::shop::{Database, Shop, place};
use event_outbox_tokio_postgres::{Error, flush};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

#[tokio::test]
async fn in_the_middle_of_the_closure() {
    let Some((database, mut client)) = Database::new("cancel").await else { return };
    let shop = Shop::new();
    let slow = shop.outbox.transaction(&mut client, async |tx, events| {
        place(tx, events, 1).await?;
        flush(tx, events).await?;
        place(tx, events, 2).await?;
        std::future::pending::<Result<(), Error>>().await
    });
    assert!(tokio::time::timeout(Duration::from_millis(100), slow).await.is_err());
    assert_eq!(shop.counts(), [0, 2, 0]);
    // The same connection goes on, and the locks of the first transaction are free.
    let next = shop.outbox.transaction(&mut client, async |tx, events| place(tx, events, 1).await);
    next.await.unwrap();
    assert_eq!(database.orders_and_events(), "1 / 1");
    assert!(shop.incidents().is_empty());
}

/// Each poll may be the last: the future is dropped after the first, the second, .. until it is
/// done.
#[tokio::test]
async fn at_every_step_of_a_transaction() {
    let Some((database, mut client)) = Database::new("steps").await else { return };
    let shop = Shop::new();
    let mut is_done = false;
    let mut rounds = 0;
    while !is_done {
        rounds += 1;
        let mut transaction = pin!(
            shop.outbox
                .transaction(&mut client, async |tx, events| place(tx, events, rounds).await)
        );
        for _ in 0..rounds {
            let mut context = Context::from_waker(Waker::noop());
            if let Poll::Ready(done) = transaction.as_mut().poll(&mut context) {
                done.unwrap();
                is_done = true;
                break;
            }
            // The connection sends, and the server answers.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    // BEGIN, prepare, insert, events, COMMIT: each is at least one poll.
    assert!(rounds > 5, "{rounds}");
    // Of each transaction the table has both, or neither: a COMMIT may have been on its way.
    let both = database.orders_and_events();
    let (orders, events) = both.split_once(" / ").unwrap();
    assert_eq!(orders, events);
    assert!(orders.ends_with(&rounds.to_string()), "{orders}");
    let [emitted, _, buffered] = shop.counts();
    assert_eq!((emitted, buffered), (1, 0), "the sinks get what is known to be committed");
    assert!(shop.incidents().is_empty());
}

/// Which rows it has written is unknown: a second flush could write them twice.
#[tokio::test]
async fn a_transaction_does_not_go_on_after_a_flush_that_is_cancelled() {
    let Some((database, mut client)) = Database::new("flush").await else { return };
    let shop = Shop::new();
    let failed = shop.outbox.transaction(&mut client, async |tx, events| {
        place(tx, events, 1).await?;
        {
            let mut flushing = pin!(flush(tx, events));
            let mut context = Context::from_waker(Waker::noop());
            assert!(flushing.as_mut().poll(&mut context).is_pending());
        }
        Ok::<_, Error>(())
    });
    let error = failed.await.unwrap_err();
    assert!(matches!(error, Error::Unfinished), "{error}");
    let text = error.to_string();
    assert!(text.contains("was cancelled\nhelp: "), "{text}");
    assert_eq!(database.orders_and_events(), "- / -");
    assert_eq!(shop.counts(), [0, 1, 0]);
}
