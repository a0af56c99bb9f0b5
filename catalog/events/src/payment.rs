//! Taking money and giving it back.

use event_core::{Str, UpcastFrom, events};
use rust_decimal::Decimal;

use crate::{context::OrderContext, error::ErrorDetails};

events!(
    /// Taking money and giving it back.
    #[domain(owner = "payments", require(docs, owner))]
    pub enum Payment {
        /// Take a customer's money, from the form to the gateway's answer.
        Process,
        /// Give money back.
        #[action(open_ended = "no published system names a refund that failed")]
        Refund,
        /// Judge whether an order is an attempt at fraud.
        Fraud,
        /// Charge the customer as one step of fulfilling an order.
        Charge,
    }

    /// A customer's money is being taken, told before the shop knew more than one way to pay.
    #[event(info, skip_none, retention = "90d")]
    pub struct PaymentProcessStartedV1<'a> {
        /// The order being paid, absent when there is none yet.
        pub order_id: Option<Str<'a>>,
        /// What is paid, in units of `currency`. Decimal, because money is exact.
        pub amount: Decimal,
        /// ISO 4217 code, absent when it is the shop's own currency.
        #[field(example = "EUR")]
        pub currency: Option<Str<'a>>,
    }

    /// A customer's money is being taken.
    #[event(info, skip_none, retention = "90d", version = 2, upcast = auto)]
    pub struct PaymentProcessStarted<'a> {
        /// The order being paid, absent when there is none yet.
        pub order_id: Option<Str<'a>>,
        /// What is paid, in units of `currency`. Decimal, because money is exact.
        pub amount: Decimal,
        /// ISO 4217 code, absent when it is the shop's own currency.
        #[field(example = "EUR")]
        pub currency: Option<Str<'a>>,
        /// How the customer pays.
        #[field(example = "credit_card")]
        pub payment_method: Option<Str<'a>>,
        /// Where the receipt goes.
        #[sensitive(email)]
        pub user_email: Option<Str<'a>>,
        /// The card that is charged.
        #[sensitive(last4)]
        pub card_number: Option<Str<'a>>,
    }

    /// A customer's money was taken. `payment_processed` is the same event under an older name.
    #[event(info, alias("payment_processed"))]
    pub struct PaymentProcessSuccess<'a> {
        /// The order that is paid.
        #[entity]
        pub order_id: Str<'a>,
        /// The gateway's number for it.
        pub transaction_id: Str<'a>,
        /// What was paid.
        pub amount: Decimal,
        /// How long it took, the gateway included.
        #[elapsed]
        pub duration_ms: f64,
    }

    /// A customer's money could not be taken. `payment_failed` is the same event under an older
    /// name.
    #[event(error, alias("payment_failed"), skip_none)]
    pub struct PaymentProcessFailed<'a> {
        /// The order that stays unpaid.
        pub order_id: Option<Str<'a>>,
        /// What was to be paid.
        pub amount: Option<Decimal>,
        /// Why, in words for the customer.
        pub reason: Option<Str<'a>>,
        /// Why, as the gateway codes it.
        #[field(example = "insufficient_funds")]
        pub error_code: Option<Str<'a>>,
        /// Why, as the program knows it.
        #[group]
        pub cause: ErrorDetails<'a>,
        /// Who tried to pay.
        pub user_id: Option<Str<'a>>,
        /// The request in which it happened.
        pub request_id: Option<Str<'a>>,
        /// Trace of the exception. Text: the trace itself, not whether there is one.
        pub exc_info: Option<Str<'a>>,
    }

    /// A refund was decided, in minor units of the shop's own currency.
    #[event(info)]
    pub struct PaymentRefundInitiatedV1<'a> {
        /// The payment that is given back, by the gateway's number.
        #[entity]
        pub transaction_id: Str<'a>,
        /// What is given back, in hundredths of the shop's currency, which had no others.
        pub amount_cents: i64,
    }

    /// A refund was decided.
    #[event(info, version = 2)]
    pub struct PaymentRefundInitiated<'a> {
        /// The payment that is given back, by the gateway's number.
        #[entity]
        pub transaction_id: Str<'a>,
        /// What is given back; it may be a part of what was paid.
        pub amount: Decimal,
    }

    /// The money is on its way back.
    #[event(info)]
    pub struct PaymentRefundCompleted<'a> {
        /// The gateway's number for the refund.
        #[entity]
        pub refund_id: Str<'a>,
        /// What was given back.
        pub amount: Decimal,
    }

    /// An order looks like an attempt at fraud; with an address that its judge does not need.
    #[event(warning)]
    pub struct PaymentFraudDetectedV1<'a> {
        /// The order.
        #[entity]
        pub order_id: Str<'a>,
        /// Who ordered.
        pub user_id: Str<'a>,
        /// Where the customer is written to. Retired: `user_id` says who it is.
        #[sensitive(email)]
        pub customer_email: Str<'a>,
        /// How likely it is, from 0 to 1.
        pub risk_score: f64,
        /// What made it look so.
        pub rules_triggered: Vec<Str<'a>>,
    }

    /// An order looks like an attempt at fraud, and waits for a person's judgement.
    #[event(warning, version = 2)]
    pub struct PaymentFraudDetected<'a> {
        /// The order.
        #[entity]
        pub order_id: Str<'a>,
        /// Who ordered.
        pub user_id: Str<'a>,
        /// How likely it is, from 0 to 1.
        pub risk_score: f64,
        /// What made it look so.
        pub rules_triggered: Vec<Str<'a>>,
    }

    /// The customer of the order being fulfilled is charged.
    #[event(info, context(OrderContext))]
    pub struct PaymentChargeStarted;

    /// The customer of the order being fulfilled has paid.
    #[event(info, context(OrderContext))]
    pub struct PaymentChargeSuccess<'a> {
        /// The gateway's number for it.
        pub transaction_id: Str<'a>,
    }

    /// The customer of the order being fulfilled could not be charged.
    #[event(error, context(OrderContext))]
    pub struct PaymentChargeFailed<'a> {
        /// What went wrong.
        #[field(example = "card declined")]
        pub error: Str<'a>,
    }
);

impl<'a> UpcastFrom<PaymentRefundInitiatedV1<'a>> for PaymentRefundInitiated<'a> {
    fn upcast(old: PaymentRefundInitiatedV1<'a>) -> Self {
        Self { transaction_id: old.transaction_id, amount: Decimal::new(old.amount_cents, 2) }
    }
}

impl<'a> UpcastFrom<PaymentFraudDetectedV1<'a>> for PaymentFraudDetected<'a> {
    fn upcast(old: PaymentFraudDetectedV1<'a>) -> Self {
        Self {
            order_id: old.order_id,
            user_id: old.user_id,
            risk_score: old.risk_score,
            rules_triggered: old.rules_triggered,
        }
    }
}
