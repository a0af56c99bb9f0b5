#![deny(private_interfaces)]

use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub method: Method,
    }

    #[value]
    enum Method {
        Card,
    }
);

fn main() {}
