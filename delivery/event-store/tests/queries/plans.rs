//! No query reads rows that it does not need.

use crate::events::{CATALOG, OrderPaymentCompleted, OrderPaymentStarted, ShopEvent};
use crate::store::Store;
use event_core::Timestamp;
use event_store::{
    DuplicateKey, Query, StoreDialect, StoredEntity, duplicates, funnel, state_at, stuck, timeline,
};

#[test]
fn queries_use_the_indexes_of_the_outbox() {
    for store in Store::each("plans") {
        if store.dialect() == StoreDialect::Postgres {
            // It plans by what a table has in it.
            store.sql(MANY_EVENTS);
            store.sql("VACUUM ANALYZE domain_events");
        }
        let order = StoredEntity::new("order", "ord_1");
        // Of one entity: its rows.
        uses(&store, &timeline(order.clone(), ShopEvent::decode), "domain_events_entity");
        uses(&store, &state_at(&CATALOG, order, Timestamp::now()), "domain_events_entity");
        // Of many entities: no rows, the index has all that is asked.
        let covering = match store.dialect() {
            StoreDialect::Postgres => "Index Only Scan using domain_events_entity",
            _ => "COVERING INDEX domain_events_entity",
        };
        uses(&store, &duplicates::<OrderPaymentCompleted>(), covering);
        uses(&store, &stuck::<OrderPaymentStarted>(&CATALOG), covering);
        uses(&store, &funnel::<(OrderPaymentStarted, OrderPaymentCompleted)>(), covering);
        // By what is in the envelope: the rows of the event.
        let by_amount =
            duplicates::<OrderPaymentCompleted>().by(&[DuplicateKey::Field("amount_cents")]);
        uses(&store, &by_amount, "domain_events_type");
    }
}

fn uses<Q: Query>(store: &Store, query: &Q, index: &str) {
    let explain = match store.dialect() {
        StoreDialect::Postgres => "EXPLAIN",
        _ => "EXPLAIN QUERY PLAN",
    };
    let plan = store.rows(&format!("{explain} {}", query.statement(store.dialect())));
    assert!(plan.contains(index), "{plan}");
}

/// 20,000 events of 5,000 orders, with envelopes of a usual size.
const MANY_EVENTS: &str = "INSERT INTO domain_events (
    event_id, event_type, event_version, entity_type, entity_id, occurred_at, recorded_at, envelope
)
SELECT
    gen_random_uuid(),
    (ARRAY['order.payment.started', 'order.payment.completed', 'order.payment.failed',
        'order.ship.completed'])[1 + number % 4],
    1, 'order', 'ord_' || number * 7919 % 5000, now(), now(),
    json_build_object('payload', json_build_object('amount_cents', 4999), 'pad', repeat('x', 800))
FROM generate_series(1, 20000) AS number";
