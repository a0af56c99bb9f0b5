//! The database of the example `delivery`, at fixed times: of two orders, one is charged twice.

use catalog::order::{OrderCreated, OrderFulfilled, OrderPaymentSubmitted, PaymentState};
use event_core::{Change, Emit, Emitter, Timestamp};
use event_outbox::TxEvents;
use event_outbox_rusqlite::{Error, Outbox, migrate};
use rusqlite::Connection;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};

/// Between two events, in microseconds.
const PAUSE: i64 = 1_730_000;

/// Makes the database.
pub(crate) fn make(database: &Path) {
    let time = AtomicI64::new(Timestamp::parse("2026-11-28T14:05:00Z").unwrap().as_micros());
    let clock = move || Timestamp::from_micros(time.fetch_add(PAUSE, Ordering::Relaxed));
    let outbox = Outbox::new(Emitter::builder().service("shop").clock(clock).build());
    let mut connection = Connection::open(database).unwrap();
    migrate(&mut connection).unwrap();
    let mut happens = |event: &dyn Fn(&mut TxEvents)| {
        let committed = outbox.transaction(&mut connection, |_, events| {
            event(events);
            Ok::<_, Error>(())
        });
        committed.unwrap();
    };
    happens(&|events| created("ord_9f2c8a").emit_to(events));
    happens(&|events| created("ord_77b1e0").emit_to(events));
    happens(&|events| paid("ord_77b1e0", "key-1").emit_to(events));
    happens(&|events| paid("ord_9f2c8a", "key-2").emit_to(events));
    happens(&|events| paid("ord_9f2c8a", "key-3").emit_to(events));
    happens(&|events| OrderFulfilled { order_id: "ord_9f2c8a".into() }.emit_to(events));
    happens(&|events| OrderFulfilled { order_id: "ord_77b1e0".into() }.emit_to(events));
}

fn created(id: &str) -> OrderCreated<'_> {
    OrderCreated {
        order_id: id.into(),
        customer_id: Some("cus_31".into()),
        total_amount: None,
        items_count: Some(1),
        payment_method: Some("credit_card".into()),
    }
}

/// A payment by a page that shows an order without one.
fn paid<'a>(id: &'a str, key: &'a str) -> OrderPaymentSubmitted<'a> {
    let state = |status: &'a str, payment_attempts| PaymentState {
        status: status.into(),
        payment_attempts,
    };
    OrderPaymentSubmitted {
        order_id: id.into(),
        change: Change {
            before: state("AWAITING_PAYMENT", 0),
            after: state("PAYMENT_SUBMITTED", 1),
        },
        gateway: "stripe".into(),
        amount_cents: 4_999,
        currency: Some("USD".into()),
        idempotency_key: key.into(),
    }
}
