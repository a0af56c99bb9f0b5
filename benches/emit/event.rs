//! The one event that every contender writes: six fields, three of them short texts.

use event_core::{Str, events};

/// What the call site has at hand.
pub(crate) struct Input {
    pub(crate) order_id: String,
    pub(crate) reason: String,
    pub(crate) currency: String,
    pub(crate) amount: f64,
    pub(crate) attempt: u32,
    pub(crate) waited_us: u64,
}

impl Input {
    pub(crate) fn new() -> Self {
        Self {
            order_id: "ord_8f3a2c91".to_owned(),
            reason: "insufficient_funds".to_owned(),
            currency: "EUR".to_owned(),
            amount: 129.95,
            attempt: 3,
            waited_us: 48_213,
        }
    }
}

events!(
    /// Taking money.
    #[domain]
    pub(crate) enum Payment {
        /// Charge a customer.
        Process,
        /// Look at a charge.
        Check,
        /// Charge a customer within a request.
        Retry,
    }

    /// The gateway refused the charge.
    #[event(error)]
    pub(crate) struct PaymentProcessFailed<'a> {
        /// Order being charged.
        pub(crate) order_id: Str<'a>,
        /// Gateway's reason.
        pub(crate) reason: Str<'a>,
        /// ISO 4217.
        pub(crate) currency: Str<'a>,
        /// In units of the currency.
        pub(crate) amount: f64,
        /// Which attempt.
        pub(crate) attempt: u32,
        /// How long the gateway took.
        pub(crate) waited_us: u64,
    }

    /// The same, below the level that is emitted.
    #[event(debug)]
    pub(crate) struct PaymentCheckSkipped<'a> {
        /// Order being charged.
        pub(crate) order_id: Str<'a>,
        /// Gateway's reason.
        pub(crate) reason: Str<'a>,
        /// ISO 4217.
        pub(crate) currency: Str<'a>,
        /// In units of the currency.
        pub(crate) amount: f64,
        /// Which attempt.
        pub(crate) attempt: u32,
        /// How long the gateway took.
        pub(crate) waited_us: u64,
    }

    /// The same, with what is bound.
    #[event(error, context(Request))]
    pub(crate) struct PaymentRetryFailed<'a> {
        /// Order being charged.
        pub(crate) order_id: Str<'a>,
        /// Gateway's reason.
        pub(crate) reason: Str<'a>,
        /// ISO 4217.
        pub(crate) currency: Str<'a>,
        /// In units of the currency.
        pub(crate) amount: f64,
        /// Which attempt.
        pub(crate) attempt: u32,
        /// How long the gateway took.
        pub(crate) waited_us: u64,
    }

    /// Eight fields to be bound.
    #[group(context)]
    pub(crate) struct Request<'a> {
        /// Which request.
        pub(crate) trace: Str<'a>,
        /// Id of the tenant.
        pub(crate) tenant_id: u64,
        /// Where it runs.
        pub(crate) region: Str<'a>,
        /// What it runs on.
        pub(crate) host: Str<'a>,
        /// What was asked for.
        pub(crate) route: Str<'a>,
        /// How it was asked for.
        pub(crate) method: Str<'a>,
        /// Who asked.
        pub(crate) user_id: u64,
        /// Whether it was asked before.
        pub(crate) repeated: bool,
    }
);
