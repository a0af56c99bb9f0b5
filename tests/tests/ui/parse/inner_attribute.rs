use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #![allow(dead_code)]

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
