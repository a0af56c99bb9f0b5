use event_core::{Change, events};

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(info)]
    pub struct OrderShipCompleted {
        #[field(alias("before"))]
        pub was: Option<String>,
        #[transition]
        pub state: Change<String>,
    }
);

fn main() {}
