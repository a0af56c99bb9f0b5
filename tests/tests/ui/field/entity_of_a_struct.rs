use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(info)]
    pub struct OrderShipCompleted {
        #[entity]
        pub orders: OrderKey,
    }

    #[value]
    pub struct OrderKey {
        pub shop: String,
        pub number: u64,
    }
);

fn main() {}
