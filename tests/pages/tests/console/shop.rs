//! The database of the example `delivery`, at fixed times: of two orders, one is charged twice.

use catalog::order::{OrderCreated, OrderFulfilled, OrderPaymentSubmitted, PaymentState};
use event_core::{Change, Emit, Emitter, Timestamp};
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
    let mut shop = Shop { outbox, connection };
    shop.happens(&created("ord_9f2c8a"));
    shop.happens(&created("ord_77b1e0"));
    shop.happens(&paid("ord_77b1e0", "key-1"));
    shop.happens(&paid("ord_9f2c8a", "key-2"));
    shop.happens(&paid("ord_9f2c8a", "key-3"));
    shop.happens(&OrderFulfilled { order_id: "ord_9f2c8a".into() });
    shop.happens(&OrderFulfilled { order_id: "ord_77b1e0".into() });
}

struct Shop {
    outbox: Outbox,
    connection: Connection,
}

impl Shop {
    /// Writes an event in a transaction of its own.
    fn happens(&mut self, event: &impl Emit) {
        let committed = self.outbox.transaction(&mut self.connection, |_, events| {
            event.emit_to(events);
            Ok::<_, Error>(())
        });
        committed.unwrap();
    }
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
