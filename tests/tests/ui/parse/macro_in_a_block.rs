use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    common_events!();

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
