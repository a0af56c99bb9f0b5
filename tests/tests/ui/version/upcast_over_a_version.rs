use event_core::{UpcastFrom, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, version = 3, upcast = auto)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }

    #[event(error, upcast = auto)]
    pub struct PaymentProcessFailedV2 {
        pub amount: i64,
    }

    #[event(error)]
    pub struct PaymentProcessFailedV1 {
        pub amount: i64,
    }
);

impl UpcastFrom<PaymentProcessFailedV1> for PaymentProcessFailed {
    fn upcast(old: PaymentProcessFailedV1) -> Self {
        Self { amount: old.amount }
    }
}

fn main() {}
