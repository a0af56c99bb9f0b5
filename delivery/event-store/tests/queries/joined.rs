//! The funnel as articles write it, a join of rows, and ours, over the same events: three orders.
//! One is submitted twice, and one is fulfilled before it is submitted.

use crate::events::{OrderPaymentCompleted, OrderPaymentStarted};
use crate::history::Happened;
use crate::store::Store;
use event_store::{duplicates, funnel};

/// Counts each pair of rows: a repeated event is counted again, and the order does not matter.
const JOINED: &str = "
    SELECT count(*) || ' ' || count(completed.seq) || ' ' || (100.0 * count(completed.seq) / count(*))
    FROM domain_events AS started
    LEFT JOIN domain_events AS completed
        ON completed.entity_id = started.entity_id
        AND completed.event_type = 'order.payment.completed'
    WHERE started.event_type = 'order.payment.started'";

fn happened(ty: usize, entity: usize) -> Happened {
    let (amount_cents, after) = (4_999, "paid");
    let (entity, entity_version) = (Some(entity), None);
    Happened { ty, version: 1, entity, entity_version, minute: 0, amount_cents, after }
}

#[test]
fn a_repeated_event_counts_once_and_the_order_counts() {
    let (started, completed) = (0, 1);
    let history = [
        happened(completed, 1),
        happened(started, 0),
        happened(started, 0),
        happened(completed, 0),
        happened(started, 1),
        happened(started, 2),
    ];
    for store in Store::each("joined") {
        store.fill(&history);
        let joined = store.rows(JOINED);
        assert!(joined.starts_with("4 3 75.0"), "{joined}");

        let steps = store.ask(&funnel::<(OrderPaymentStarted, OrderPaymentCompleted)>());
        assert_eq!((steps[0].entities, steps[1].entities), (3, 1));
        assert_eq!(steps[1].percent.as_deref(), Some("33.33"));

        let twice = store.ask(&duplicates::<OrderPaymentStarted>());
        let twice: Vec<_> = twice.iter().map(|twice| (&twice.key[1], twice.events)).collect();
        assert_eq!(twice, [(&"ord_1".into(), 2)]);
    }
}
