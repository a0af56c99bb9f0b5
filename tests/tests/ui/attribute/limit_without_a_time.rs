use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(info, limit = "100")]
    pub struct PaymentProcessCompleted {
        pub amount: i64,
    }
);

fn main() {}
