use event_core::{Change, events};

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[value]
    pub enum State {
        Cart,
        Placed,
    }

    #[event(info)]
    pub struct OrderShipCompleted {
        #[transition(Cart -> Placed)]
        pub change: Change<Box<State>>,
    }
);

fn main() {}
