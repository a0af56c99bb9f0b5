//! Orders, from the cart to the door.

use event_core::{Change, Str, events};
use rust_decimal::Decimal;

use crate::context::OrderContext;

events!(
    /// Orders, from the cart to the door.
    #[domain(owner = "orders", optional(action), require(docs, owner))]
    pub enum Order {
        /// Take an order from a customer.
        Create,
        /// Work through an order that was taken.
        #[action(open_ended = "processing ends as fulfilment, which has events of its own")]
        Process,
        /// Bring an order to its customer: payment, stock, parcel, message.
        Fulfill,
        /// Pay for an order.
        Payment,
    }

    /// What an order is about.
    #[derive(Clone)]
    #[group]
    pub struct OrderDetails<'a> {
        /// Who ordered.
        pub customer_id: Str<'a>,
        /// What the order costs, in units of `currency`.
        pub total_amount: Decimal,
        /// ISO 4217 code.
        #[field(example = "EUR")]
        pub currency: Str<'a>,
        /// How many items it holds.
        #[field(unit = "items")]
        pub items_count: u32,
        /// The state of the order.
        #[field(example = "confirmed")]
        pub order_status: Str<'a>,
    }

    /// An order as far as its payment goes.
    #[value]
    pub struct PaymentState<'a> {
        /// The state of the order.
        #[field(example = "AWAITING_PAYMENT")]
        pub status: Str<'a>,
        /// How often its customer has tried to pay.
        pub payment_attempts: u32,
    }

    /// There is a new order.
    #[event(info, skip_none)]
    pub struct OrderCreated<'a> {
        /// The order.
        #[entity]
        #[field(example = "ord_9f2c8a")]
        pub order_id: Str<'a>,
        /// Who ordered.
        pub customer_id: Option<Str<'a>>,
        /// What the order costs.
        pub total_amount: Option<Decimal>,
        /// How many items it holds.
        #[field(unit = "items")]
        pub items_count: Option<u32>,
        /// How the customer wants to pay.
        #[field(example = "credit_card")]
        pub payment_method: Option<Str<'a>>,
    }

    /// Taking an order went through, all its details are stored.
    #[event(info)]
    pub struct OrderCreateSuccess<'a> {
        /// The order.
        #[entity]
        pub order_id: Str<'a>,
        /// What it is about.
        #[group]
        pub details: OrderDetails<'a>,
    }

    /// An order is being worked on.
    #[event(info)]
    pub struct OrderProcessStarted<'a> {
        /// The order.
        #[entity]
        pub order_id: Str<'a>,
        /// What it is about.
        #[group]
        pub details: OrderDetails<'a>,
    }

    /// An order's fulfilment begins.
    #[event(info, context(OrderContext))]
    pub struct OrderFulfillStarted;

    /// An order is paid, packed and on its way.
    #[event(info, context(OrderContext), skip_none)]
    pub struct OrderFulfillCompleted<'a> {
        /// How the fulfilment ended, in its own words.
        #[field(example = "shipped")]
        pub status: Option<Str<'a>>,
        /// Who ordered.
        pub customer_id: Option<Str<'a>>,
        /// What the order costs, in units of `currency`.
        pub total_amount: Option<Decimal>,
        /// ISO 4217 code.
        #[field(example = "EUR")]
        pub currency: Option<Str<'a>>,
        /// How many items it holds.
        #[field(unit = "items")]
        pub items_count: Option<u32>,
        /// The state of the order.
        pub order_status: Option<Str<'a>>,
    }

    /// An order could not be fulfilled: its customer must be informed.
    #[event(error, context(OrderContext))]
    pub struct OrderFulfillFailed<'a> {
        /// The step that failed, and why.
        pub reason: Str<'a>,
    }

    /// A customer's payment was handed to the gateway, which has yet to answer. `payment_submitted`
    /// is a poorer form of it.
    #[event(info, alias("payment_submitted"), stability = stable, retention = "365d")]
    pub struct OrderPaymentSubmitted<'a> {
        /// The order being paid.
        #[entity]
        #[field(example = "ord_9f2c8a")]
        pub order_id: Str<'a>,
        /// The order before and after.
        #[transition]
        pub change: Change<PaymentState<'a>>,
        /// Who moves the money.
        #[field(example = "stripe")]
        pub gateway: Str<'a>,
        /// What is paid, in minor units of `currency`; an `amount` is decimal.
        #[field(unit = "cents")]
        pub amount_cents: i64,
        /// ISO 4217 code, absent when it is the shop's own currency.
        #[field(example = "USD")]
        pub currency: Option<Str<'a>>,
        /// The same for every attempt of one payment, so that the gateway charges once.
        pub idempotency_key: Str<'a>,
    }

    /// An order is done: paid, and on its way. Funnels end here.
    #[event(info, stability = stable, retention = "365d")]
    pub struct OrderFulfilled<'a> {
        /// The order.
        #[entity]
        #[field(example = "ord_9f2c8a")]
        pub order_id: Str<'a>,
    }
);
