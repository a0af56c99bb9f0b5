use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[entity]
        pub payment_id: String,
        #[group]
        pub order: Order,
    }

    #[group]
    pub struct Order {
        #[entity]
        pub order_id: String,
    }
);

fn main() {}
