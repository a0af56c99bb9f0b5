//! The futures are `Send`: a runtime with several threads takes them, as do handlers of `axum`.

use crate::shop::{Database, Shop, place, refuse};
use event_outbox_tokio_postgres::{Error, Outbox, flush, savepoint};
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::Mutex;
use tokio_postgres::Client;

/// What a web service has for each request.
struct State {
    outbox: Outbox,
    client: Mutex<Client>,
}

/// A handler, as a web framework stores it.
type Handler = fn(Arc<State>, String) -> Pin<Box<dyn Future<Output = Result<i64, Error>> + Send>>;

/// It borrows its arguments over the `await`s of the closure, as a real one does.
async fn handle(state: Arc<State>, text: String) -> Result<i64, Error> {
    let mut client = state.client.lock().await;
    let order = &text;
    state
        .outbox
        .transaction(&mut client, async |tx, events| {
            let order_id = order.len().try_into().unwrap();
            place(tx, events, order_id).await?;
            let failed = savepoint(tx, events, async |tx, events| {
                refuse(events, order_id, 1);
                place(tx, events, order_id).await
            });
            assert!(failed.await.is_err(), "{order} is there");
            assert_eq!(flush(tx, events).await?.written, 1);
            Ok(order_id)
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_and_a_task_of_a_runtime_with_threads() {
    let Some((database, client)) = Database::new("send").await else { return };
    let shop = Shop::new();
    let state = Arc::new(State { outbox: shop.outbox.clone(), client: client.into() });
    let handler: Handler = |state, text| Box::pin(handle(state, text));
    assert_eq!(handler(state.clone(), "a".to_owned()).await.unwrap(), 1);
    let spawned = tokio::spawn(handle(state.clone(), "bb".to_owned()));
    assert_eq!(spawned.await.unwrap().unwrap(), 2);

    let task = tokio::spawn(async move {
        let mut client = state.client.lock().await;
        let order_id = 3;
        state
            .outbox
            .transaction(&mut client, async |tx, events| place(tx, events, order_id).await)
            .await
    });
    task.await.unwrap().unwrap();
    assert_eq!(database.orders_and_events(), "1 2 3 / 1 2 3");
    assert_eq!(shop.counts(), [3, 2, 0]);
}
