use event_core::events;

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

    #[event(error, alias("payment.process.failed"))]
    pub struct PaymentRefundFailed {
        pub amount: i64,
    }
);

fn main() {}
