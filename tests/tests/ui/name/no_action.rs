use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentFailed {
        pub amount: i64,
    }
);

fn main() {}
