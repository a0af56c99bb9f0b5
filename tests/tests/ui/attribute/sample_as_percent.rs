use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(info, sample = 10%)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
