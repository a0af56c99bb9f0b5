//! The event that the contenders write, and the context that is bound.

use event_core::context::trace::{SpanId, TraceContext, TraceId};
use event_core::context::{Actor, Bind, CorrelationId};
use event_core::{Context, Str, events};

pub(crate) const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
pub(crate) const SPAN: &str = "b7ad6b7169203331";
pub(crate) const CORRELATION: &str = "checkout-3f7a1c";

events!(
    /// Orders.
    #[domain]
    pub(crate) enum Order {
        /// Take the money.
        Pay,
    }

    /// An order was paid.
    #[event(info, version = 1, retention = "90d")]
    pub(crate) struct OrderPayCompleted<'a> {
        /// The order.
        #[entity]
        pub order_id: i64,
        /// The version of the order.
        #[entity_version]
        pub order_version: u32,
        /// In minor units.
        pub amount_cents: i64,
        /// ISO 4217.
        pub currency: Str<'a>,
        /// The gateway.
        pub gateway: Str<'a>,
        /// How long it took.
        pub duration_ms: u64,
    }
);

pub(crate) fn paid(order_id: i64) -> OrderPayCompleted<'static> {
    OrderPayCompleted {
        order_id,
        order_version: 1,
        amount_cents: 4_999,
        currency: "EUR".into(),
        gateway: "gateway-eu-1".into(),
        duration_ms: 184,
    }
}

pub(crate) fn context() -> Context {
    let ids = TraceId::parse(TRACE).zip(SpanId::parse(SPAN));
    let (trace, span) = ids.unwrap();
    Context::empty()
        .with(&TraceContext::new(trace, span).binding())
        .with(&CorrelationId(CORRELATION.into()))
        .with(&Actor::user("usr_7"))
}
