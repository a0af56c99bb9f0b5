//! The events of the domain `order`: what is stored, in the transaction of its change.

use event_core::{Change, Str, events};
use event_tower::RequestContext;

events!(
    /// Orders, from the basket to the door.
    #[domain(owner = "orders", optional(action), context(RequestContext))]
    pub enum Order {
        /// Pay for an order.
        Payment,
        /// Read or write orders in the database.
        Storage,
    }

    /// How far an order is.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum OrderState {
        /// It waits for its payment.
        Placed,
        /// It is paid.
        Paid,
    }

    /// A customer placed an order.
    #[event(info)]
    pub struct OrderCreated<'a> {
        /// The order.
        #[entity]
        pub order_id: Str<'a>,
        /// What is ordered.
        #[field(example = "lamp")]
        pub item: Str<'a>,
        /// What it costs.
        #[field(unit = "cents")]
        pub amount_cents: i64,
        /// Where the receipt goes.
        #[sensitive(email)]
        pub email: Str<'a>,
    }

    /// The payment provider has charged the customer.
    #[event(info, deduplicate(charge_id))]
    pub struct OrderPaymentCompleted<'a> {
        /// The order.
        #[entity]
        pub order_id: Str<'a>,
        /// How far the order was, and is.
        #[transition(Placed -> Paid)]
        pub change: Change<OrderState>,
        /// The provider's number of the charge.
        pub charge_id: Str<'a>,
        /// What was charged.
        #[field(unit = "cents")]
        pub amount_cents: i64,
    }

    /// The database has failed. It is not stored, because nothing can be.
    #[event(error)]
    pub struct OrderStorageFailed<'a> {
        /// What the database says.
        #[field(example = "database is locked")]
        pub error: Str<'a>,
    }
);
