use event_core::{Change, events};

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(info)]
    pub struct OrderShipCompleted {
        pub before: String,
        #[transition]
        pub state: Change<String>,
    }
);

fn main() {}
