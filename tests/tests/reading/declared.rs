//! The catalog that the tests read.

use event_core::{DomainEvent, Str, Timestamp, UpcastFrom, catalog, events};
use std::collections::BTreeMap;

events!(
    /// What shops sell.
    #[domain(owner = "orders")]
    pub enum Order {
        /// To pay for it.
        Payment,
        /// To measure it.
        Measure,
    }

    /// The payment was handed to the gateway.
    #[event(info, version = 2)]
    pub struct OrderPaymentSubmitted<'a> {
        /// The order being paid.
        #[entity]
        pub order_id: Str<'a>,
        /// In minor units of the currency.
        #[field(unit = "cents")]
        pub amount_cents: Option<i64>,
        /// Who moves the money.
        pub gateway: Option<Str<'a>>,
    }

    /// The weak event that came before: a name and a number.
    #[event(info, version = 1, alias("payment_submitted"))]
    pub struct OrderPaymentSubmittedV1<'a> {
        /// The order being paid.
        #[entity]
        pub order_id: Str<'a>,
    }

    /// One field of each kind.
    #[event(info)]
    pub struct OrderMeasureCompleted<'a> {
        /// The order.
        #[entity]
        pub order_id: Str<'a>,
        /// The order's version.
        #[entity_version]
        pub order_version: u32,
        /// A small number.
        #[field(default)]
        pub tiny: i8,
        /// A large number.
        #[field(default)]
        pub large: u64,
        /// Numbers by name.
        #[field(default)]
        pub counts: BTreeMap<String, u16>,
        /// A number, or a word.
        pub size: Option<Size>,
        /// A share.
        pub share: Option<f64>,
        /// A short share.
        pub short: Option<f32>,
        /// Anything.
        pub any: Option<serde_json::Value>,
        /// When it was measured.
        pub measured_at: Option<Timestamp>,
        /// What was nested.
        pub tree: Option<Tree>,
        /// What was calculated.
        #[field(recursive)]
        pub sum: Option<Sum>,
        /// What a foreign type says.
        #[field(opaque)]
        pub foreign: Foreign,
    }

    /// A size.
    #[value(rename_all = "snake_case")]
    pub enum Size {
        /// Not known.
        Unknown,
        /// In millimetres.
        Length(u32),
        /// Two of them.
        Area { width: u32, height: i16 },
    }

    /// A tree.
    #[value(skip_none)]
    pub struct Tree {
        /// What hangs on it.
        #[field(recursive)]
        pub next: Option<Box<Tree>>,
    }

    /// An expression.
    #[value]
    pub enum Sum {
        /// A number.
        Number(i32),
        /// The opposite.
        Not(Box<Sum>),
    }
);

impl<'a> UpcastFrom<OrderPaymentSubmittedV1<'a>> for OrderPaymentSubmitted<'a> {
    fn upcast(old: OrderPaymentSubmittedV1<'a>) -> Self {
        Self { order_id: old.order_id, amount_cents: None, gateway: None }
    }
}

/// A type of which only serde knows.
#[derive(
    Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Foreign(pub Vec<Foreign>);

/// An event of no block.
#[derive(DomainEvent)]
#[event(info, domain = Order, alias("orders_imported"))]
pub struct OrderPaymentCompleted {
    /// How many.
    pub rows: u64,
}

catalog!(
    /// Everything that the shop emits.
    pub enum ShopEvent {
        Order(Order),
        Paid(OrderPaymentCompleted),
    }
);
