use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, version = 2, upcast = auto)]
    pub struct PaymentProcessFailedV2 {
        pub amount: i64,
    }

    #[event(error, version = 1)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
