use event_core::{UpcastFrom, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, version = 2, upcast = auto)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }

    #[event(error)]
    pub struct PaymentProcessFailedV1 {
        pub amount: i64,
    }
);

impl UpcastFrom<PaymentProcessFailed> for PaymentProcessFailedV1 {
    fn upcast(old: PaymentProcessFailed) -> Self {
        Self { amount: old.amount }
    }
}

fn main() {}
