use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(info, since = 1.4)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
