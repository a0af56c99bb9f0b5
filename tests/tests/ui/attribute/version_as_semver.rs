use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, version = "1.2.0")]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
