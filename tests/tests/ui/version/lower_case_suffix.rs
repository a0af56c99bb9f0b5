#![allow(non_camel_case_types)]

use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, version = 2, upcast = auto)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }

    #[event(error)]
    pub struct PaymentProcessFailed_v1 {
        pub amount: i64,
    }
);

fn main() {}
