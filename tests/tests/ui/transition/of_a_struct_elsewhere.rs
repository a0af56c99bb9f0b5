use event_core::{Change, EventValue, events};

#[derive(EventValue)]
pub struct State {
    pub cart: bool,
}

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(info)]
    pub struct OrderShipCompleted {
        #[transition(Cart -> Placed)]
        pub change: Change<State>,
    }
);

fn main() {}
