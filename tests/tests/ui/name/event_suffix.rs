use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailedEvent {
        pub amount: i64,
    }
);

fn main() {}
