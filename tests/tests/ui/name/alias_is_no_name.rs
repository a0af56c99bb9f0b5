use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, alias("Payment failed!"))]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
