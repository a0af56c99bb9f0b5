use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub union PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
