use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(warn)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
