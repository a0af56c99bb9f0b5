//! The events of a shop, as the queries find them.

use event_core::{Change, catalog, events};

events!(
    /// Orders.
    #[domain]
    pub enum Order {
        /// The order is paid.
        Payment,
        /// The order is sent.
        Ship,
    }

    /// The state of an order.
    #[value(rename_all = "snake_case")]
    pub enum OrderState {
        Cart,
        Paid,
        Sent,
    }

    #[event(info)]
    pub struct OrderPaymentStarted {
        #[entity]
        pub order_id: String,
    }

    #[event(info, version = 1, alias("order.paid"))]
    pub struct OrderPaymentCompletedV1 {
        #[entity]
        pub order_id: String,
        pub amount_cents: i64,
        #[transition]
        pub change: Change<OrderState>,
    }

    #[event(info, version = 2, upcast = auto)]
    pub struct OrderPaymentCompleted {
        #[entity]
        pub order_id: String,
        pub amount_cents: i64,
        pub gateway: Option<String>,
        #[transition]
        pub change: Change<OrderState>,
    }

    #[event(error)]
    pub struct OrderPaymentFailed {
        #[entity]
        pub order_id: String,
    }

    #[event(info)]
    pub struct OrderShipCompleted {
        #[entity]
        pub order_id: String,
        #[transition]
        pub change: Change<OrderState>,
    }
);

catalog! {
    /// The events of a shop.
    pub enum ShopEvent {
        Order(Order),
    }
}
