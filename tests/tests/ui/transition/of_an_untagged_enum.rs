use event_core::{Change, events};

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[value(untagged)]
    pub enum State {
        Cart(u64),
        Placed(String),
    }

    #[event(info)]
    pub struct OrderShipCompleted {
        #[transition(Cart -> Placed)]
        pub change: Change<State>,
    }
);

fn main() {}
