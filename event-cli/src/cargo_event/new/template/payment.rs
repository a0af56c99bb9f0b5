//! The events of the domain `payment`.

use event_core::{Str, events};

events!(
    /// Taking money and giving it back.
    #[domain(owner = "payments")]
    pub enum Payment {
        /// Charge a customer for an order.
        Process,
    }

    /// The gateway took the money.
    #[event(info)]
    pub struct PaymentProcessCompleted<'a> {
        /// Order being charged.
        #[entity]
        pub order_id: Str<'a>,
        /// In minor units of the currency.
        #[field(unit = "cents")]
        pub amount_cents: i64,
    }

    /// The gateway refused the charge.
    #[event(error)]
    pub struct PaymentProcessFailed<'a> {
        /// Order being charged.
        #[entity]
        pub order_id: Str<'a>,
        /// Gateway's reason code.
        #[field(example = "insufficient_funds")]
        pub reason: Str<'a>,
        /// Where the receipt goes.
        #[sensitive(email)]
        pub email: Option<Str<'a>>,
    }
);
