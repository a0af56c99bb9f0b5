use event_core::events;

pub struct Money {
    pub cents: i64,
}

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: Money,
        pub reason: String,
    }
);

fn main() {}
