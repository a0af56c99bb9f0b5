use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, name = "payment.process.failed")]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
