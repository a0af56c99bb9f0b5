use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(fatal)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
