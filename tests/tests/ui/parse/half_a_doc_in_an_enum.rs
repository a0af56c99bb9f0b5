use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
        /// half a doc
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
