use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(info)]
    pub struct OrderShipCompleted {
        #[entity]
        pub orders: Vec<String>,
    }
);

fn main() {}
