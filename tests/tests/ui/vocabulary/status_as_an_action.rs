use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        ProcessFailed,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
