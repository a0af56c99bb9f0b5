use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
        #[field(alias("amount"))]
        pub total: i64,
    }
);

fn main() {}
