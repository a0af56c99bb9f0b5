use event_core::{UpcastFrom, events};

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

impl UpcastFrom<PaymentProcessFailedV1> for PaymentProcessFailed {
    fn upcast(old: PaymentProcessFailedV1) -> Self {
        old
    }
}

fn main() {}
