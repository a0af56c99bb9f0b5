use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(info, sample_errors)]
    pub struct PaymentProcessCompleted {
        pub amount: i64,
    }
);

fn main() {}
