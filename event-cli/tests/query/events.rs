//! The events of a shop.

use event_core::{Change, catalog, events};

events!(
    /// Orders.
    #[domain]
    pub enum Order {
        /// The order is paid.
        Payment,
        /// The order is sent.
        Ship,
        /// The order is packed.
        #[action(open_ended = "it ends as shipment")]
        Pack,
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

    #[event(info, version = 1)]
    pub struct OrderPaymentCompletedV1 {
        #[entity]
        pub order_id: String,
        pub amount_cents: i64,
        #[transition]
        pub change: Change<OrderState>,
    }

    #[event(info, version = 2, alias("order_paid"), upcast = auto)]
    pub struct OrderPaymentCompleted {
        #[entity]
        pub order_id: String,
        pub amount_cents: i64,
        pub gateway: Option<String>,
        #[sensitive(last4)]
        pub card_number: Option<String>,
        #[sensitive(drop)]
        pub pin: Option<String>,
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

    #[event(info)]
    pub struct OrderPackStarted {
        #[entity]
        pub order_id: String,
    }
);

events!(
    /// Parcels.
    #[domain]
    pub enum Parcel {
        /// A carrier takes it.
        Pick,
        /// All carriers are asked.
        Poll,
    }

    #[event(info)]
    pub struct ParcelPickCompleted {
        #[entity]
        pub parcel_id: String,
    }

    #[event(info)]
    pub struct ParcelPollCompleted {
        pub carriers: u32,
    }
);

catalog! {
    /// The events of a shop.
    pub enum ShopEvent {
        Order(Order),
        Parcel(Parcel),
    }
}
