//! The events of the store.

use event_core::{Change, catalog, events};

events!(
    /// Orders.
    #[domain]
    pub(crate) enum Order {
        /// Take the money.
        Payment,
        /// Send it.
        Ship,
    }

    /// The state of an order.
    #[value(rename_all = "snake_case")]
    pub(crate) enum OrderState {
        Placed,
        Paid,
        Sent,
    }

    #[event(info)]
    pub(crate) struct OrderPaymentStarted {
        #[entity]
        pub order_id: String,
    }

    #[event(info)]
    pub(crate) struct OrderPaymentCompleted {
        #[entity]
        pub order_id: String,
        pub amount_cents: i64,
        #[transition]
        pub change: Change<OrderState>,
    }

    #[event(error)]
    pub(crate) struct OrderPaymentFailed {
        #[entity]
        pub order_id: String,
    }

    #[event(info)]
    pub(crate) struct OrderShipCompleted {
        #[entity]
        pub order_id: String,
        #[transition]
        pub change: Change<OrderState>,
    }
);

catalog! {
    /// The events of a shop.
    pub(crate) enum ShopEvent {
        Order(Order),
    }
}
