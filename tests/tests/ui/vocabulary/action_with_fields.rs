use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
        Refund { amount: i64 },
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
