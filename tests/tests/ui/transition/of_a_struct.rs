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
        Paid,
    }

    #[value]
    pub struct Position {
        state: State,
    }

    #[event(info)]
    pub struct OrderShipCompleted {
        #[transition(Cart -> Placed)]
        pub change: Change<Position>,
    }
);

fn main() {}
