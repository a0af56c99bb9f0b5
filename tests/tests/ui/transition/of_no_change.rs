use event_core::{EventValue, events};

#[derive(EventValue)]
pub enum State {
    Cart,
    Placed,
}

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(info)]
    pub struct OrderShipCompleted {
        #[transition(State::Cart -> State::Placed)]
        pub change: State,
    }
);

fn main() {}
