#![deny(deprecated)]

use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(info)]
    pub struct PaymentProcessStarted {
        pub amount: i64,
    }

    #[event(info)]
    pub struct PaymentProcessCompleted {
        pub amount: i64,
    }
);

fn main() {}
