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

    #[event(info)]
    pub struct OrderShipCompleted {
        #[transition(Cart -> Placed, Placed -> Paid, Cart -> Paid)]
        pub change: Change<State>,
    }
);

fn main() {}
