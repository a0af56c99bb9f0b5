use event_core::{UpcastFrom, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, version = 2, upcast = auto)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
        pub reason: Option<String>,
    }

    #[event(error)]
    pub struct PaymentProcessFailedV1 {
        pub amount: i64,
    }
);

impl UpcastFrom<PaymentProcessFailedV1> for PaymentProcessFailed {
    fn upcast(old: PaymentProcessFailedV1) -> Self {
        Self { amount: old.amount, reason: None }
    }
}

fn main() {}
