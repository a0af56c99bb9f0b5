//! Plays the fulfilment of two orders through the catalog, one that arrives and one that does not, and prints the events as JSON lines:
//! flat ones, or with the argument `envelope` nested ones.
//!
//! Every event of an order carries its `order_id`, though no step names it: it is bound once, for the scope of the order. The customer's e-mail address and
//! card number go in as they are, and come out masked.

use std::{env, error::Error, fmt};

use catalog::{
    context::OrderContext,
    inventory::{
        InventoryReserveFailed, InventoryReserveStarted, InventoryReserveSuccess, emit_inventory_reserve_failed,
        emit_inventory_reserve_started, emit_inventory_reserve_success,
    },
    notification::{
        NotificationSendStarted, NotificationSendSuccess, emit_notification_send_started,
        emit_notification_send_success,
    },
    order::{
        OrderCreated, OrderFulfillCompleted, OrderFulfillFailed, OrderFulfillStarted, OrderFulfilled,
        OrderPaymentSubmitted, PaymentState, emit_order_created, emit_order_fulfill_completed,
        emit_order_fulfill_failed, emit_order_fulfill_started, emit_order_fulfilled, emit_order_payment_submitted,
    },
    payment::{
        PaymentChargeFailed, PaymentChargeStarted, PaymentChargeSuccess, PaymentProcessStarted,
        emit_payment_charge_failed, emit_payment_charge_started, emit_payment_charge_success,
        emit_payment_process_started,
    },
    shipping::{
        ShippingCreateStarted, ShippingCreateSuccess, emit_shipping_create_started, emit_shipping_create_success,
    },
};
use event_core::{Change, Emitter, JsonLines, Level};
use rust_decimal::Decimal;

fn main() -> Result<(), Box<dyn Error>> {
    let envelopes = env::args().nth(1).is_some_and(|form| form == "envelope");
    let sink = if envelopes { JsonLines::stdout().envelopes() } else { JsonLines::stdout() };
    let emitter = Emitter::builder().level(Level::Debug).sink(sink).build();
    let _guard = emitter.install()?;
    play();
    Ok(())
}

/// Both orders.
pub(crate) fn play() {
    let arrives =
        Order { id: "ord_9f2c8a", customer_id: "cus_31", cents: 4_999, items: 2, card_covers: 10_000, in_stock: 5 };
    let does_not =
        Order { id: "ord_9f2c8b", customer_id: "cus_32", cents: 12_000, items: 1, card_covers: 20_000, in_stock: 0 };
    for order in [arrives, does_not] {
        take(&order);
        let _order = OrderContext { order_id: order.id.into() }.enter();
        fulfill(&order);
    }
}

/// An order, and how the world will answer it.
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

/// The step that an order failed at.
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

/// Brings the order in the context to its customer.
fn fulfill(order: &Order) {
    emit_order_fulfill_started(OrderFulfillStarted);
    let steps = charge(order).and_then(|()| reserve(order));
    if let Err(failure) = steps {
        emit_order_fulfill_failed(OrderFulfillFailed { reason: failure.to_string().into() });
        return;
    }
    ship();
    notify("shipping_confirmation");
    emit_order_fulfill_completed(OrderFulfillCompleted {
        status: Some("shipped".into()),
        customer_id: Some(order.customer_id.into()),
        total_amount: Some(order.total()),
        currency: Some("EUR".into()),
        items_count: Some(order.items),
        order_status: None,
    });
    emit_order_fulfilled(OrderFulfilled { order_id: order.id.into() });
}

fn charge(order: &Order) -> Result<(), Failure> {
    emit_payment_charge_started(PaymentChargeStarted);
    emit_order_payment_submitted(OrderPaymentSubmitted {
        order_id: order.id.into(),
        change: Change {
            before: PaymentState { status: "AWAITING_PAYMENT".into(), payment_attempts: 0 },
            after: PaymentState { status: "PAYMENT_SUBMITTED".into(), payment_attempts: 1 },
        },
        gateway: "stripe".into(),
        amount_cents: order.cents,
        currency: Some("EUR".into()),
        idempotency_key: format!("{}-1", order.id).into(),
    });
    if order.cents > order.card_covers {
        emit_payment_charge_failed(PaymentChargeFailed { error: "card declined".into() });
        return Err(Failure::Payment);
    }
    emit_payment_charge_success(PaymentChargeSuccess { transaction_id: "txn_58d1".into() });
    Ok(())
}

fn reserve(order: &Order) -> Result<(), Failure> {
    emit_inventory_reserve_started(InventoryReserveStarted);
    if order.items > order.in_stock {
        emit_inventory_reserve_failed(InventoryReserveFailed { error: "out of stock".into() });
        return Err(Failure::Inventory);
    }
    emit_inventory_reserve_success(InventoryReserveSuccess { reservation_id: "res_7c40".into() });
    Ok(())
}

fn ship() {
    emit_shipping_create_started(ShippingCreateStarted);
    emit_shipping_create_success(ShippingCreateSuccess { tracking_number: "1Z999AA10123456784".into() });
}

fn notify(about: &str) {
    emit_notification_send_started(NotificationSendStarted { r#type: about.into() });
    emit_notification_send_success(NotificationSendSuccess);
}
