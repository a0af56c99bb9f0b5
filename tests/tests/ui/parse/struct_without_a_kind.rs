use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
