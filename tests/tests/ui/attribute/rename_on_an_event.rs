use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, rename = "payment_failed")]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
