use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[evnt(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
