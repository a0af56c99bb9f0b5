use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, version = 4294967296)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
