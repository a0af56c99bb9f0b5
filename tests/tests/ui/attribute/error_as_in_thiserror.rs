use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[error("the payment of {amount} failed")]
    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
