use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, sample = 1 / 10)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
