use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(info, limit = 100)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
