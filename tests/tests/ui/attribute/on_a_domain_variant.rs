use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        #[action(owner = "payments")]
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
