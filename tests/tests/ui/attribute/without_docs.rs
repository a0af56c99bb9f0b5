//! What is generated is no documentation of the user's.
#![deny(missing_docs)]

use event_core::events;

events!(
    /// Taking money.
    #[domain]
    pub enum Payment {
        /// Charge.
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[field(unit = "cents", example = 4999)]
        pub amount: i64,
    }
);

fn main() {}
