use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, version(2))]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
