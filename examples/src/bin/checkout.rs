//! Plays the fulfilment of three orders through the catalog, and prints the events as JSON lines.
//! One order arrives, one fails, and one is charged twice.
//!
//! Every event of an order has its `order_id`, although no step names it: it is bound once, for the
//! scope of the order. Each step is an operation, so it has exactly one start and one end. The
//! customer's e-mail address and card number are passed in clear, and are written masked.
//!
//! The double charge is printed as envelopes. Each of its two submissions contains the state of the
//! order before it: the second submission, too, found no payment attempt. A log line would only say
//! twice that a payment was submitted. The business event shows that the second submission read a
//! stale state. The argument `line` or `envelope` prints only one of the two.

use std::{env, fmt};

use catalog::{
    context::OrderContext,
    inventory::{InventoryReserveFailed, InventoryReserveStarted, InventoryReserveSuccess},
    notification::{
        NotificationSendStarted, NotificationSendSuccess, emit_notification_send_started,
        emit_notification_send_success,
    },
    order::{
        OrderCreated, OrderFulfillCompleted, OrderFulfillFailed, OrderFulfillStarted,
        OrderFulfilled, OrderPaymentSubmitted, PaymentState, emit_order_created,
        emit_order_fulfilled, emit_order_payment_submitted,
    },
    payment::{
        PaymentChargeFailed, PaymentChargeStarted, PaymentChargeSuccess, PaymentProcessStarted,
        emit_payment_process_started,
    },
    shipping::{
        ShippingCreateStarted, ShippingCreateSuccess, emit_shipping_create_started,
        emit_shipping_create_success,
    },
};
use event_core::context::Actor;
use event_core::emit::Builder;
use event_core::sink::JsonLines;
use event_core::{Begins, Change, Emitter, Level};
use rust_decimal::Decimal;

fn main() {
    let asked = env::args().nth(1);
    let wants = |form: &str| asked.as_deref().is_none_or(|asked| asked == form);
    if wants("line") {
        let _lines = emitter().sink(JsonLines::stdout()).build().enter();
        play();
    }
    if wants("envelope") {
        let _envelopes = emitter().sink(JsonLines::stdout().envelopes()).build().enter();
        charge_twice();
    }
}

fn emitter() -> Builder {
    Emitter::builder()
        .level(Level::Debug)
        .service("shop")
        .service_version("1.4.0")
        .environment("example")
}

/// Plays the order that arrives and the order that fails.
pub(crate) fn play() {
    let arrives = Order {
        id: "ord_9f2c8a",
        customer_id: "cus_31",
        cents: 4_999,
        items: 2,
        card_covers: 10_000,
        in_stock: 5,
    };
    let does_not = Order {
        id: "ord_9f2c8b",
        customer_id: "cus_32",
        cents: 12_000,
        items: 1,
        card_covers: 20_000,
        in_stock: 0,
    };
    for order in [arrives, does_not] {
        let _customer = Actor::user(order.customer_id).session("ses_4b1d").enter();
        take(&order);
        let _order = OrderContext { order_id: order.id.into() }.enter();
        fulfill(&order);
    }
}

/// The customer presses the button twice, and each press reads the order before the other has
/// written it.
pub(crate) fn charge_twice() {
    let order = Order {
        id: "ord_9f2c8c",
        customer_id: "cus_33",
        cents: 1_250,
        items: 1,
        card_covers: 5_000,
        in_stock: 9,
    };
    let _customer = Actor::user(order.customer_id).session("ses_77c0").enter();
    let seen_by_both = PaymentState { status: "AWAITING_PAYMENT".into(), payment_attempts: 0 };
    for press in ["1", "2"] {
        submit(&order, &seen_by_both, press);
    }
}

/// An order, and the responses of the other systems.
struct Order {
    id: &'static str,
    customer_id: &'static str,
    cents: i64,
    items: u32,
    card_covers: i64,
    in_stock: u32,
}

impl Order {
    fn total(&self) -> Decimal {
        Decimal::new(self.cents, 2)
    }
}

/// The step at which an order failed.
#[derive(Debug)]
enum Failure {
    Payment,
    Inventory,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Payment => "payment: card declined",
            Self::Inventory => "inventory: out of stock",
        })
    }
}

fn take(order: &Order) {
    emit_order_created(OrderCreated {
        order_id: order.id.into(),
        customer_id: Some(order.customer_id.into()),
        total_amount: Some(order.total()),
        items_count: Some(order.items),
        payment_method: Some("credit_card".into()),
    });
    emit_payment_process_started(PaymentProcessStarted {
        order_id: Some(order.id.into()),
        amount: order.total(),
        currency: Some("EUR".into()),
        payment_method: Some("credit_card".into()),
        user_email: Some("ada.lovelace@example.com".into()),
        card_number: Some("4242 4242 4242 4242".into()),
    });
}

/// Fulfils the order in the context.
fn fulfill(order: &Order) {
    let fulfilment = OrderFulfillStarted
        .start(|interrupted| OrderFulfillFailed { reason: interrupted.as_str().into() })
        .run_sync(
            || {
                charge(order)?;
                reserve(order)?;
                ship();
                notify("shipping_confirmation");
                Ok(())
            },
            |()| OrderFulfillCompleted {
                status: Some("shipped".into()),
                customer_id: Some(order.customer_id.into()),
                total_amount: Some(order.total()),
                currency: Some("EUR".into()),
                items_count: Some(order.items),
                order_status: None,
            },
            |failure: &Failure| OrderFulfillFailed { reason: failure.to_string().into() },
        );
    if fulfilment.is_ok() {
        emit_order_fulfilled(OrderFulfilled { order_id: order.id.into() });
    }
}

/// An operation that is ended explicitly.
fn charge(order: &Order) -> Result<(), Failure> {
    let charge = PaymentChargeStarted
        .start(|interrupted| PaymentChargeFailed { error: interrupted.as_str().into() });
    submit(order, &PaymentState { status: "AWAITING_PAYMENT".into(), payment_attempts: 0 }, "1");
    if order.cents > order.card_covers {
        charge.finish(PaymentChargeFailed { error: "card declined".into() });
        return Err(Failure::Payment);
    }
    charge.finish(PaymentChargeSuccess { transaction_id: "txn_58d1".into() });
    Ok(())
}

/// Sends a charge to the gateway, and records the order before and after.
fn submit(order: &Order, before: &PaymentState<'_>, press: &str) {
    let after = PaymentState {
        status: "PAYMENT_SUBMITTED".into(),
        payment_attempts: before.payment_attempts + 1,
    };
    emit_order_payment_submitted(OrderPaymentSubmitted {
        order_id: order.id.into(),
        change: Change {
            before: PaymentState {
                status: before.status.to_string().into(),
                payment_attempts: before.payment_attempts,
            },
            after,
        },
        gateway: "stripe".into(),
        amount_cents: order.cents,
        currency: Some("EUR".into()),
        idempotency_key: format!("{}-{press}", order.id).into(),
    });
}

/// An operation around a `Result`.
fn reserve(order: &Order) -> Result<(), Failure> {
    InventoryReserveStarted
        .start(|interrupted| InventoryReserveFailed { error: interrupted.as_str().into() })
        .run_sync(
            || if order.items > order.in_stock { Err(Failure::Inventory) } else { Ok(()) },
            |()| InventoryReserveSuccess { reservation_id: "res_7c40".into() },
            |_| InventoryReserveFailed { error: "out of stock".into() },
        )
}

fn ship() {
    emit_shipping_create_started(ShippingCreateStarted);
    emit_shipping_create_success(ShippingCreateSuccess {
        tracking_number: "1Z999AA10123456784".into(),
    });
}

fn notify(about: &str) {
    emit_notification_send_started(NotificationSendStarted { r#type: about.into() });
    emit_notification_send_success(NotificationSendSuccess);
}
