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

/// What is bound for a request.
pub(crate) mod bound {
    pub(crate) const TRACE: &str = "req_01hzx3v9k2";
    pub(crate) const TENANT_ID: u64 = 4_711;
    pub(crate) const REGION: &str = "eu-central-1";
    pub(crate) const HOST: &str = "worker-17";
    pub(crate) const ROUTE: &str = "/v1/orders/{id}/payments";
    pub(crate) const METHOD: &str = "POST";
    pub(crate) const USER_ID: u64 = 99_812;
    pub(crate) const REPEATED: bool = false;
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
        /// Move the money.
        Settle,
        /// Give it back.
        Refund,
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

    /// The same, one in a hundred.
    #[event(error, sample = 1 / 100, sample_errors)]
    pub(crate) struct PaymentSettleFailed<'a> {
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

    /// The same, but few of them.
    #[event(error, limit = "1/h", limit_errors)]
    pub(crate) struct PaymentRefundFailed<'a> {
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

/// Every event is made of the same.
macro_rules! from_input {
    ($($event:ident,)*) => {$(
        impl<'a> From<&'a Input> for $event<'a> {
            #[inline]
            fn from(input: &'a Input) -> Self {
                Self {
                    order_id: input.order_id.as_str().into(),
                    reason: input.reason.as_str().into(),
                    currency: input.currency.as_str().into(),
                    amount: input.amount,
                    attempt: input.attempt,
                    waited_us: input.waited_us,
                }
            }
        }
    )*};
}

from_input! {
    PaymentProcessFailed,
    PaymentCheckSkipped,
    PaymentRetryFailed,
    PaymentSettleFailed,
    PaymentRefundFailed,
}

/// The eight fields, as a group.
pub(crate) fn request() -> Request<'static> {
    Request {
        trace: bound::TRACE.into(),
        tenant_id: bound::TENANT_ID,
        region: bound::REGION.into(),
        host: bound::HOST.into(),
        route: bound::ROUTE.into(),
        method: bound::METHOD.into(),
        user_id: bound::USER_ID,
        repeated: bound::REPEATED,
    }
}
