//! The event that has everything: an entity, a transition, an actor with a session, a trace, a
//! correlation.

use event_core::{Change, Str, events};

/// What the call site has at hand, and what is bound around it.
pub(crate) struct Input {
    pub(crate) order_id: String,
    pub(crate) before: State,
    pub(crate) after: State,
    pub(crate) gateway: String,
    pub(crate) amount_cents: i64,
    pub(crate) currency: Option<String>,
    pub(crate) idempotency_key: String,
    pub(crate) bound: Bound,
}

/// An order as far as its payment goes.
pub(crate) struct State {
    pub(crate) status: String,
    pub(crate) payment_attempts: u32,
}

/// What is bound for a request, and for a service.
pub(crate) struct Bound {
    pub(crate) user_id: String,
    pub(crate) session_id: String,
    pub(crate) trace_id: String,
    pub(crate) span_id: String,
    pub(crate) correlation_id: String,
    pub(crate) service: String,
    pub(crate) service_version: String,
    pub(crate) environment: String,
}

impl Input {
    pub(crate) fn new() -> Self {
        Self {
            order_id: "ord_9f2c8a".to_owned(),
            before: State { status: "AWAITING_PAYMENT".to_owned(), payment_attempts: 0 },
            after: State { status: "PAYMENT_SUBMITTED".to_owned(), payment_attempts: 1 },
            gateway: "stripe".to_owned(),
            amount_cents: 12_995,
            currency: Some("EUR".to_owned()),
            idempotency_key: "ord_9f2c8a-payment-1".to_owned(),
            bound: Bound {
                user_id: "usr_4471".to_owned(),
                session_id: "ses_01hzx3v9k2mq".to_owned(),
                trace_id: "4bf92f3577b34da6a3ce929d0e0e4736".to_owned(),
                span_id: "00f067aa0ba902b7".to_owned(),
                correlation_id: "checkout_7d1f6c02".to_owned(),
                service: "checkout".to_owned(),
                service_version: "2.14.1".to_owned(),
                environment: "production".to_owned(),
            },
        }
    }
}

events!(
    /// Orders.
    #[domain(optional(action))]
    pub(crate) enum Order {
        /// Pay for an order.
        Payment,
    }

    /// An order as far as its payment goes.
    #[value]
    pub(crate) struct PaymentState<'a> {
        /// Where the order stands.
        pub(crate) status: Str<'a>,
        /// How often its customer has tried to pay.
        pub(crate) payment_attempts: u32,
    }

    /// A customer's payment was handed to the gateway.
    #[event(info)]
    pub(crate) struct OrderPaymentSubmitted<'a> {
        /// The order being paid.
        #[entity]
        pub(crate) order_id: Str<'a>,
        /// The order before and after.
        #[transition]
        pub(crate) change: Change<PaymentState<'a>>,
        /// Who moves the money.
        pub(crate) gateway: Str<'a>,
        /// What is paid, in minor units of `currency`.
        #[field(unit = "cents")]
        pub(crate) amount_cents: i64,
        /// ISO 4217 code.
        pub(crate) currency: Option<Str<'a>>,
        /// The same for every attempt of one payment.
        pub(crate) idempotency_key: Str<'a>,
    }
);

impl<'a> From<&'a Input> for OrderPaymentSubmitted<'a> {
    #[inline]
    fn from(input: &'a Input) -> Self {
        Self {
            order_id: input.order_id.as_str().into(),
            change: Change { before: (&input.before).into(), after: (&input.after).into() },
            gateway: input.gateway.as_str().into(),
            amount_cents: input.amount_cents,
            currency: input.currency.as_deref().map(Str::from),
            idempotency_key: input.idempotency_key.as_str().into(),
        }
    }
}

impl<'a> From<&'a State> for PaymentState<'a> {
    #[inline]
    fn from(state: &'a State) -> Self {
        Self { status: state.status.as_str().into(), payment_attempts: state.payment_attempts }
    }
}
