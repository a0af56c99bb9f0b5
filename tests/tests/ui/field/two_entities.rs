use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[entity]
        pub order_id: String,
        #[entity]
        pub payment_id: String,
    }
);

fn main() {}
