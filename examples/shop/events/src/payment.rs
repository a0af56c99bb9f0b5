//! The events of the domain `payment`: how calls of the payment provider go.

use event_core::{Str, events};
use event_tower::RequestContext;

events!(
    /// Calls of the payment provider.
    #[domain(owner = "payments", context(RequestContext))]
    pub enum Payment {
        /// Charge a customer for an order.
        Charge,
    }

    /// The provider is asked for the money.
    #[event(info)]
    pub struct PaymentChargeStarted<'a> {
        /// The order that is paid for.
        #[entity]
        pub order_id: Str<'a>,
    }

    /// The provider has the money.
    #[event(info)]
    pub struct PaymentChargeSucceeded<'a> {
        /// The order that is paid for.
        #[entity]
        pub order_id: Str<'a>,
        /// How long the provider took.
        #[elapsed]
        pub duration_ms: f64,
    }

    /// The provider refused, or did not answer.
    #[event(warning)]
    pub struct PaymentChargeFailed<'a> {
        /// The order that is paid for.
        #[entity]
        pub order_id: Str<'a>,
        /// Why.
        #[field(example = "card_declined")]
        pub reason: Str<'a>,
        /// How long the provider took.
        #[elapsed]
        pub duration_ms: f64,
    }
);
