use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[entity]
        #[elapsed]
        pub order_id: u64,
    }
);

fn main() {}
