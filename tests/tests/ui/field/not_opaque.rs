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
        #[field(opaque)]
        pub amount: Money,
    }
);

fn main() {}
