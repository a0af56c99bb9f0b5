use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, version = 2, upcast = auto)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
        #[group]
        pub details: Details,
    }

    #[event(error)]
    pub struct PaymentProcessFailedV1 {
        pub amount: i64,
    }

    #[group]
    pub struct Details {
        pub reason: Option<String>,
    }
);

fn main() {}
