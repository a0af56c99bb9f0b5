use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[field(unit = "ms")]
    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
