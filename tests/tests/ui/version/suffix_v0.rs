use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailedV0 {
        pub amount: i64,
    }
);

fn main() {}
