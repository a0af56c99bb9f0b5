use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[field(version = 2)]
        pub amount: i64,
    }
);

fn main() {}
