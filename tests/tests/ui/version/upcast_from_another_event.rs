use event_core::{UpcastFrom, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
        Refund,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }

    #[event(error)]
    pub struct PaymentRefundFailed {
        pub amount: i64,
    }
);

impl UpcastFrom<PaymentRefundFailed> for PaymentProcessFailed {
    fn upcast(old: PaymentRefundFailed) -> Self {
        Self { amount: old.amount }
    }
}

fn main() {}
