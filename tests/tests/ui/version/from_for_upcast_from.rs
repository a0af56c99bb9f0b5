use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, version = 2)]
    pub struct PaymentProcessFailed {
        pub cents: i64,
    }

    #[event(error)]
    pub struct PaymentProcessFailedV1 {
        pub amount: i64,
    }
);

impl From<PaymentProcessFailedV1> for PaymentProcessFailed {
    fn from(old: PaymentProcessFailedV1) -> Self {
        Self { cents: old.amount * 100 }
    }
}

fn main() {}
