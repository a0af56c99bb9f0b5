use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailedV1 {
        pub amount: i64,
    }
);

fn main() {}
