use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
        Refund,
    }

    #[event(error, name(payment, refund, failed))]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
